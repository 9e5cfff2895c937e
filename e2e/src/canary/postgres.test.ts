import { startPostgresServer } from '@fiscalkit/postgres-server';
import { killPrograms } from '@fiscalkit/testing';
import { afterAll, expect, it } from 'vitest';
import { removeTemporaryFolders } from '../temporary-folder.fixture.js';
import { canaries, secrets } from './canaries.fixture.js';
import { type CanaryAnswer, startCanaryGateway } from './canary-gateway.fixture.js';
import { findCanaries } from './find-canaries.fixture.js';
import { plantedConfirmation, plantedReceipt } from './planted-documents.fixture.js';

afterAll(killPrograms);
afterAll(removeTemporaryFolders);

it('a database that goes away, or does not let the gateway in, brings nothing out', async () => {
  const server = await startPostgresServer({ inMemory: true });
  const ledgerUrl = `${server.connectionString}?application_name=${secrets.databasePassword}`;
  const gateway = await startCanaryGateway({ providerUrl: 'http://127.0.0.1:1', ledgerUrl });
  const ask = () =>
    Promise.all([
      gateway.signed('POST', '/v5/receipts', plantedReceipt(1)),
      gateway.signed('GET', '/v5/receipts'),
      gateway.confirm(plantedConfirmation(1)),
      gateway.administer('GET', '/admin/entries'),
      gateway.send('/health/ready'),
      gateway.send('/metrics'),
    ]);
  const [accepted] = await ask();
  expect(accepted?.status).toBe(200);
  let answers: CanaryAnswer[] = [];
  await server.restart(async () => {
    answers = await ask();
  });
  expect(answers[0]?.status).toBe(503);

  const wrong = new URL(ledgerUrl);
  wrong.password = secrets.databasePassword;
  const refused = await startCanaryGateway({
    providerUrl: 'http://127.0.0.1:1',
    ledgerUrl: wrong.href,
  }).catch((error: Error) => error.message);
  await gateway.program.stop();
  await server.stop();
  expect(refused).toContain('password authentication failed');
  expect(gateway.output()).toContain('"ledger.unavailable"');
  const all = [...answers.map(({ text }) => text), gateway.output(), refused].join('\n');
  expect(findCanaries(all, canaries)).toEqual([]);
}, 90_000);
