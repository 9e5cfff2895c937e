import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { run } from '../commands/terminal.fixture.js';
import { type Harness, openHarness, shop } from '../gateway.fixture.js';

let folder: string;
let ledger: string;
let harness: Harness;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fiscalkit-corrections-'));
  ledger = join(folder, 'ledger.sqlite');
  harness = await openHarness(
    (url) => ({
      FISCALKIT_PROVIDER: 'atol',
      FISCALKIT_ATOL_VERSION: 'v4',
      FISCALKIT_ATOL_GROUP_CODE: 'v4-online-atol-ru_4179',
      FISCALKIT_ATOL_LOGIN: 'v4-online-atol-ru',
      FISCALKIT_ATOL_PASSWORD: 'sandbox',
      FISCALKIT_ATOL_POLL_MS: '20',
      FISCALKIT_ATOL_URL: `${url}/possystem`,
      FISCALKIT_LEDGER_URL: `sqlite:${ledger}`,
    }),
    { atol: { queueMs: 50 } },
  );
});
afterEach(() => harness.close());

const correction = {
  receipt_format: 'ru_1_05',
  payment_id: '1',
  operation_type: 'sell_correction',
  correction_info: { type: 'self', base_date: '2026-03-13' },
  vat_totals: [{ vat_code: 'vat_22', turnover: 200 }],
  settlements: [{ type: 'cashless', sum: 200 }],
};

async function post(changes: object = {}, query = '?wait=20000') {
  const body = JSON.stringify({ ...correction, ...changes });
  return (await harness.signed({ method: 'POST', path: `/v5/corrections${query}`, body })).body.data;
}

async function admin(path: string, body?: object) {
  const answer = await harness.send(`/admin/entries${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { Authorization: 'Bearer demo-admin-key', 'Content-Type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  return answer.body;
}

it('are exported, verified and compared with payments by the commands', async () => {
  await post();
  await post({
    payment_id: null,
    correction_info: { ...correction.correction_info, base_date: '2026-03-12' },
  });
  const from = new Date(Date.now() - 3_600_000).toISOString();
  const to = new Date(Date.now() + 3_600_000).toISOString();
  for (const type of ['csv', 'jsonl']) {
    const file = join(folder, `receipts.${type}`);
    const window = ['--from', from, '--to', to, '--merchant', shop.id];
    expect(await run(['export', ledger, '--file', file, ...window])).toMatchObject({ status: 0, errors: '' });
    const manifest = JSON.parse(readFileSync(`${file}.manifest.json`, 'utf8'));
    expect(manifest).toMatchObject({ registered: 2, sums: { RUB: { sell_correction: '400.00' } } });
    const script = fileURLToPath(new URL('../../../../docs/guides/verify-export.mjs', import.meta.url));
    const verified = spawnSync(process.execPath, [script, `${file}.manifest.json`], { encoding: 'utf8' });
    expect([verified.status, verified.stdout]).toEqual([0, expect.stringContaining('clean: 2 receipts')]);
  }
  expect(await run(['verify', ledger])).toMatchObject({ status: 0 });
  const payments = join(folder, 'payments.csv');
  writeFileSync(
    payments,
    `payment_id,amount,time\n1,200.00,${new Date(Date.now() - 1_800_000).toISOString()}\n`,
  );
  const words = ['--payments', payments, '--from', from, '--to', to, '--merchant', shop.id, '--json'];
  const { status, output } = await run(['reconcile', ledger, ...words]);
  expect([status, JSON.parse(output.split('\n').at(-1) ?? '')]).toMatchObject([
    0,
    { payments: { matched: 1 }, receipts: { not_compared: 1 }, findings: [] },
  ]);
});

it('get another reference where ATOL proves that nothing was registered', async () => {
  const fault = { kind: 'fail', type: 'timeout', code: 1 } as const;
  harness.sandbox.faults.add({ endpoint: 'atol.register', times: 1, fault });
  const { receipt_id, status } = await post({}, '');
  expect(status).toBe('pending');
  const read = async () => (await harness.signed({ path: `/v5/corrections/${receipt_id}` })).body.data.status;
  await expect.poll(read, { timeout: 25_000 }).toBe('registered');
  expect(harness.sandbox.journal().atol).toMatchObject([
    { external_id: receipt_id, status: 'fail', mark: null },
    { external_id: `${receipt_id}-2`, status: 'done', operation: 'sell_correction' },
  ]);
  expect(await run(['verify', ledger])).toMatchObject({ status: 0 });
}, 40_000);

const stateOf = async (id: string) => (await admin(`/${id}`)).data.state;

it('are acted on by administrators as receipts are', async () => {
  const fault = { kind: 'fail', type: 'driver', code: 17 } as const;
  harness.sandbox.faults.add({ endpoint: 'atol.register', times: 2, fault });
  const { receipt_id } = await post();
  const { data } = await admin(`/${receipt_id}`);
  expect(data).toMatchObject({
    operation: 'correction',
    operation_type: null,
    correction_operation_type: 'sell_correction',
    payment_id: '1',
    total: 200,
    state: 'rejected',
  });
  const reason = 'Wrong day.';
  const document = { ...correction, payment_id: '2' };
  expect(await admin(`/${receipt_id}/resubmit`, { reason, document })).toMatchObject({
    error: { code: 'intervention.invalid' },
  });
  const again = await admin(`/${receipt_id}/resubmit`, { reason });
  await expect.poll(() => stateOf(again.data.id), { timeout: 10_000 }).toBe('rejected');
  const info = { ...correction.correction_info, base_date: '2026-03-12' };
  const last = await admin(`/${again.data.id}/resubmit`, {
    reason,
    document: { ...correction, correction_info: info },
  });
  await expect.poll(() => stateOf(last.data.id), { timeout: 10_000 }).toBe('registered');
  const shown = (await harness.signed({ path: `/v5/corrections/${receipt_id}` })).body.data;
  expect(shown).toMatchObject({ status: 'rejected', superseded_by: again.data.id });
  expect(await run(['verify', ledger])).toMatchObject({ status: 0 });
});
