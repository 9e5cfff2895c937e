import { type FaultRuleInput, startSandbox } from '@fiscalkit/sandbox';
import { killPrograms } from '@fiscalkit/testing';
import { afterAll, expect, it } from 'vitest';
import { removeTemporaryFolders } from '../temporary-folder.fixture.js';
import { canaries, personal, secrets } from './canaries.fixture.js';
import { startCanaryGateway } from './canary-gateway.fixture.js';
import { findCanaries } from './find-canaries.fixture.js';
import { plantedConfirmation, plantedReceipt } from './planted-documents.fixture.js';

afterAll(killPrograms);
afterAll(removeTemporaryFolders);

const { buyerEmail, buyerName, buyerPhone, buyerTaxId, paymentId } = personal;

const faults: readonly FaultRuleInput['fault'][] = [
  { kind: 'drop-before' },
  { kind: 'drop-after' },
  { kind: 'delay', ms: 2500, when: 'after' },
  { kind: 'status', status: 400 },
  { kind: 'status', status: 401 },
  { kind: 'status', status: 429, retryAfterSeconds: 0 },
  { kind: 'status', status: 500, when: 'after' },
  { kind: 'status', status: 503, retryAfterSeconds: 0 },
  { kind: 'garbled' },
  { kind: 'slow-body', bytesPerSecond: 100 },
  { kind: 'endless-body' },
  { kind: 'stay-pending' },
  { kind: 'reject', code: buyerEmail, message: `${buyerName} ${buyerPhone}` },
];

it('no fault of a provider brings anything out', async () => {
  const sandbox = await startSandbox({
    registrationDelayMs: 0,
    merchants: [{ id: 'canary-shop', secretKey: secrets.freedompaySecret, company: { inn: '5544332219' } }],
  });
  const gateway = await startCanaryGateway({ providerUrl: sandbox.url });
  for (const fault of faults) {
    sandbox.faults.add({ endpoint: 'receipts.create', times: 1, fault });
    if (fault.kind !== 'stay-pending') sandbox.faults.add({ endpoint: 'payments.*', times: 1, fault });
  }
  const receipts = await Promise.all(
    faults.map((_, number) => gateway.signed('POST', '/v5/receipts?wait=2000', plantedReceipt(number))),
  );
  const confirmations = await Promise.all(
    faults.map((_, number) => gateway.confirm(plantedConfirmation(number))),
  );
  const figures = await Promise.all([gateway.send('/metrics'), gateway.send('/health/ready')]);
  await gateway.program.kill();
  await sandbox.close();
  expect(findCanaries(JSON.stringify(sandbox.journal()), { paymentId })).toEqual(['paymentId']);

  expect(receipts.map(({ status }) => status)).toEqual(faults.map(() => 200));
  const answers = [...receipts, ...confirmations].map(({ text }) => text).join('\n');
  expect(findCanaries(answers, { ...secrets, buyerEmail, buyerName, buyerPhone, buyerTaxId })).toEqual([]);
  expect(gateway.output()).toContain('"entry.changed"');
  const all = [...figures.map(({ text }) => text), gateway.output()].join('\n');
  expect(findCanaries(all, canaries)).toEqual([]);
}, 60_000);
