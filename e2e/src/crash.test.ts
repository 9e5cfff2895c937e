import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  askForReceipt,
  freePort,
  killPrograms,
  type Program,
  readReceipt,
  startGatewayProgram,
  startGatewayWithSandbox,
  startSandboxProgram,
} from '@fiscalkit/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { addFault, documentsPerPayment, readJournal } from './sandbox-journal.fixture.js';

afterEach(killPrograms);

const openShop = () => startGatewayWithSandbox({ folder: mkdtempSync(join(tmpdir(), 'fiscalkit-crash-')) });

const payments = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

async function expectOneDocumentEach(sandbox: Program, count: number): Promise<void> {
  const journal = await readJournal(sandbox.url);
  expect(Object.fromEntries(documentsPerPayment(journal))).toEqual(
    Object.fromEntries(payments(count).map((payment) => [String(payment), 1])),
  );
  expect(journal.receipts.every(({ status }) => status === 'registered')).toBe(true);
}

describe('a gateway that is killed', () => {
  it('right after an answer, registers what it answered for at the next start', async () => {
    const { sandbox, startGateway, gateway } = await openShop();
    const { receipt_id } = await askForReceipt(gateway.url, 1);
    await gateway.kill();
    const next = await startGateway();
    expect(await readReceipt(next.url, receipt_id, 25_000)).toMatchObject({
      receipt_id,
      status: 'registered',
    });
    await expectOneDocumentEach(sandbox, 1);
  }, 60_000);

  it('amid 200 receipts, with one answer in ten dropped, registers each once after it is back', async () => {
    const { sandbox, startGateway, gateway } = await openShop();
    await addFault(sandbox.url, {
      endpoint: 'receipts.create',
      on: { every: 10 },
      fault: { kind: 'drop-after' },
    });
    const requests = payments(200).map((payment) => askForReceipt(gateway.url, payment).catch(() => null));
    await Promise.all(requests.slice(0, 120));
    await gateway.kill();
    const answered = (await Promise.all(requests)).filter((receipt) => receipt !== null);

    const next = await startGateway();
    const asAgain = await Promise.all(payments(200).map((payment) => askForReceipt(next.url, payment)));
    const ids = new Set(asAgain.map(({ receipt_id }) => receipt_id));
    expect(ids.size).toBe(200);
    for (const { receipt_id } of answered) expect(ids).toContain(receipt_id);
    const finals = await Promise.all([...ids].map((id) => readReceipt(next.url, id, 30_000)));
    expect(new Set(finals.map(({ status }) => status))).toEqual(new Set(['registered']));
    await expectOneDocumentEach(sandbox, 200);
  }, 120_000);

  it('knows a receipt again after the restart', async () => {
    const { startGateway, gateway } = await openShop();
    const first = await askForReceipt(gateway.url, 1);
    expect(await gateway.stop()).toBe(0);
    const next = await startGateway();
    expect((await askForReceipt(next.url, 1)).receipt_id).toBe(first.receipt_id);
  }, 60_000);
});

describe('a provider that is away', () => {
  it('gets everything that was accepted meanwhile, once it is back', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-outage-'));
    const port = await freePort();
    const data = join(folder, 'sandbox.jsonl');
    const gateway = await startGatewayProgram({
      providersUrl: `http://127.0.0.1:${port}`,
      ledgerUrl: `sqlite:${join(folder, 'ledger.sqlite')}`,
    });
    const accepted = await Promise.all(payments(40).map((payment) => askForReceipt(gateway.url, payment)));
    const readiness = async () =>
      ((await (await fetch(`${gateway.url}/health/ready`)).json()) as { status: string }).status;
    await expect.poll(readiness, { timeout: 20_000 }).toBe('degraded');

    const sandbox = await startSandboxProgram({ port, data });
    const finals = await Promise.all(
      accepted.map(({ receipt_id }) => readReceipt(gateway.url, receipt_id, 30_000)),
    );
    expect(new Set(finals.map(({ status }) => status))).toEqual(new Set(['registered']));
    await expectOneDocumentEach(sandbox, 40);
    await expect.poll(readiness).toBe('ok');
  }, 90_000);
});
