import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../commands/terminal.fixture.js';
import { type Harness, openHarness, shop } from '../gateway.fixture.js';
import { sale } from '../receipt.fixture.js';

let folder: string;
let ledger: string;
let harness: Harness;
const hourMs = 3_600_000;
const at = (offsetMs: number) => new Date(Date.now() + offsetMs).toISOString();

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fiscalkit-reconcile-'));
  ledger = join(folder, 'ledger.sqlite');
  harness = await openHarness({
    FISCALKIT_LEDGER_URL: `sqlite:${ledger}`,
    FISCALKIT_ADMIN_KEY: 'demo-admin-key',
  });
});
afterEach(() => harness.close());

async function sell(payment: number, changes: Record<string, unknown> = {}): Promise<string> {
  const body = JSON.stringify(sale({ payment_id: payment, ...changes }));
  const answer = await harness.signed({ method: 'POST', path: '/v5/receipts?wait=5000', body });
  expect(answer.body.data.status).toBe('registered');
  return answer.body.data.receipt_id;
}

/** A day that began an hour ago, as far as receipts of now are not at its edges. */
const window = () => ({ from: at(-hourMs), to: at(hourMs) });
const environment = () => ({
  FISCALKIT_DEMO: '1',
  FISCALKIT_FREEDOMPAY_URL: harness.sandbox.url,
  FISCALKIT_FISCALBOX_URL: harness.sandbox.url,
});

function fileOf(rows: readonly string[], name = 'payments.csv'): string {
  const path = join(folder, name);
  writeFileSync(path, ['payment_id,kind,amount,time', ...rows].join('\n'));
  return path;
}

function commandLine(file: string): readonly string[] {
  const { from, to } = window();
  return ['reconcile', ledger, '--payments', file, '--from', from, '--to', to, '--merchant', shop.id];
}

function reconcile(file: string, ...more: readonly string[]) {
  return run([...commandLine(file), ...more], environment());
}

describe('the command reconcile', () => {
  it('finds nothing where all fits, beside a gateway that works on the ledger', async () => {
    await sell(1);
    const { status, output, errors } = await reconcile(fileOf([`1,sell,200.00,${at(-1_800_000)}`]));
    expect({ status, errors }).toEqual({ status: 0, errors: '' });
    expect(output).toContain('matched 1, under way 0');
    expect(output).toContain('no findings');
    expect(output).toContain('reconciliation.window-open');
  });

  it('tells what does not fit, with the safe act, and ends with 1', async () => {
    const other = await sell(2);
    await sell(3);
    const before = at(-1_800_000);
    const file = fileOf([`1,sell,200.00,${before}`, `2,sell,199.99,${before}`, `3,sell,x,${before}`]);
    const { status, output } = await reconcile(file, '--json');
    expect(status).toBe(1);
    const report = JSON.parse(output);
    expect(report).toMatchObject({
      merchant: shop.id,
      country: 'ru',
      payments: { read: 3, not_compared: 1 },
      receipts: { read: 2 },
      faults: [{ line: 4, code: 'payment.amount' }],
    });
    expect(report.findings).toMatchObject([
      {
        code: 'reconciliation.paid-without-receipt',
        advice: 'hand-in',
        payment_id: '1',
        payment: { line: 2, amount: '200.00' },
        receipts: [],
      },
      {
        code: 'reconciliation.amount-differs',
        advice: 'replace',
        payment_id: '2',
        receipts: [{ id: other, total: '200.00', state: 'registered' }],
      },
      { code: 'reconciliation.receipt-without-payment', advice: 'check-payment', payment_id: '3' },
    ]);
    const shown = await reconcile(file, '--country', 'uz', '--in-time', '0');
    expect(shown.output).toContain('paid-without-receipt payment "1" (line 2, 200.00): person.');
    expect(JSON.stringify([output, shown.output])).not.toContain('buyer@example.com');
  });

  it('compares what the provider lists, and tells what another system has made there', async () => {
    await sell(1);
    const elsewhere = await openHarness({
      FISCALKIT_FREEDOMPAY_URL: harness.sandbox.url,
      FISCALKIT_FISCALBOX_URL: harness.sandbox.url,
    });
    const body = JSON.stringify(sale({ payment_id: 2 }));
    await elsewhere.signed({ method: 'POST', path: '/v5/receipts?wait=5000', body });
    await elsewhere.close();
    const before = at(-1_800_000);
    const file = fileOf([`1,sell,200,${before}`, `2,sell,200,${before}`]);
    const { status, output } = await reconcile(file, '--with-provider', '--json');
    expect(status).toBe(1);
    const report = JSON.parse(output);
    expect(report.providers).toEqual([{ name: 'freedompay', documents: 2, complete: true }]);
    expect(report.findings).toMatchObject([
      {
        code: 'reconciliation.other-system',
        advice: 'person',
        payment_id: '2',
        listed: { provider: 'freedompay' },
      },
    ]);
  });

  it('asks the provider that registers the receipts of the merchant, and no other', async () => {
    const file = fileOf([`1,sell,200,${at(-1_800_000)}`]);
    const { output } = await run([...commandLine(file), '--with-provider', '--json'], {
      ...environment(),
      FISCALKIT_PROVIDER: 'atol',
      FISCALKIT_ATOL_VERSION: 'v5',
      FISCALKIT_ATOL_GROUP_CODE: 'v5-online-atol-ru_5179',
      FISCALKIT_ATOL_LOGIN: 'v5-online-atol-ru',
      FISCALKIT_ATOL_PASSWORD: 'sandbox',
      FISCALKIT_ATOL_URL: `${harness.sandbox.url}/possystem`,
    });
    expect(JSON.parse(output).providers).toMatchObject([{ name: 'atol', complete: false }]);
  });

  it.each<readonly [string, () => readonly string[], string]>([
    ['no payments', () => ['--from', at(0), '--to', at(1)], '--payments is missing'],
    ['no window', () => ['--payments', 'a.csv'], '--from and --to'],
    [
      'a window that ends first',
      () => ['--payments', 'a.csv', '--from', at(1), '--to', at(0)],
      '--to must be later',
    ],
    [
      'a time that the calendar does not have',
      () => ['--payments', 'a.csv', '--from', '2026-02-30T00:00:00Z', '--to', at(0)],
      '--from must be a time',
    ],
    [
      'a file of another kind',
      () => ['--payments', 'a.xlsx', '--from', at(0), '--to', at(1)],
      '--format is missing',
    ],
    [
      'another country',
      () => ['--payments', 'a.csv', '--from', at(0), '--to', at(1), '--country', 'kz'],
      '--country',
    ],
  ])('ends with 2 for %s', async (_, words, message) => {
    const { status, errors } = await run(['reconcile', ledger, '--merchant', 'x', ...words()]);
    expect({ status, errors }).toEqual({ status: 2, errors: expect.stringContaining(message) });
  });

  it('ends with 2 for a file that is none, a table without columns, and no ledger', async () => {
    expect(await reconcile(join(folder, 'none.csv'))).toMatchObject({
      status: 2,
      errors: expect.stringContaining('ENOENT'),
    });
    const bad = join(folder, 'bad.csv');
    writeFileSync(bad, 'a,b\n1,2\n');
    expect(await reconcile(bad)).toMatchObject({ status: 2, errors: expect.stringContaining('payment_id') });
    const { from, to } = window();
    const words = ['--payments', bad, '--from', from, '--to', to, '--merchant', 'x'];
    expect(await run(['reconcile', join(folder, 'none.sqlite'), ...words])).toMatchObject({ status: 2 });
    expect(await run(['reconcile', ledger, ...words.slice(0, -2)])).toMatchObject({
      status: 2,
      errors: expect.stringContaining('--merchant is missing'),
    });
  });
});

describe('POST /admin/reconciliations', () => {
  const path = (more = '') => {
    const { from, to } = window();
    const bounds = `from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}`;
    return `/admin/reconciliations?merchant=${shop.id}&${bounds}${more}`;
  };
  const post = (body: string, { type = 'text/csv', to = path(), key = 'demo-admin-key' } = {}) =>
    harness.send(to, {
      method: 'POST',
      headers: { Authorization: `Bearer ${key}`, 'Content-Type': type },
      body,
    });

  it('compares the payments of its body, and shows the findings in the metrics', async () => {
    await sell(1);
    const before = at(-1_800_000);
    const rows = [`1,200.00,${before}`, `2,5,${before}`];
    const { status, body } = await post(`payment_id,amount,time\n${rows.join('\n')}`, {
      to: path('&with_provider=1'),
    });
    expect(status).toBe(200);
    expect(body.data).toMatchObject({
      payments: { read: 2, matched: 1 },
      findings: [{ code: 'reconciliation.paid-without-receipt', payment_id: '2' }],
      providers: [{ name: 'freedompay', complete: true }],
    });
    const metrics = String((await harness.send('/metrics')).body);
    expect(metrics).toContain('fiscalkit_reconciliation_findings{kind="paid-without-receipt"} 1');
    expect(metrics).toContain('fiscalkit_reconciliation_findings{kind="mark-differs"} 0');
    const lines = JSON.stringify({ payment_id: '1', amount: '200.00', time: before });
    expect((await post(lines, { type: 'application/x-ndjson' })).body.data.findings).toEqual([]);
  });

  it.each<readonly [string, () => ReturnType<typeof post>, number, string]>([
    ['a merchant’s key', () => post('', { key: shop.apiKey }), 401, 'access.key.invalid'],
    ['JSON', () => post('{}', { type: 'application/json' }), 415, 'body.content-type'],
    ['a table without columns', () => post('a,b\n1,2'), 422, 'payments.columns'],
    [
      'a window that is none',
      () => post('', { to: '/admin/reconciliations?merchant=1' }),
      400,
      'query.invalid',
    ],
    ['an unknown parameter', () => post('', { to: path('&x=1') }), 400, 'query.invalid'],
    ['another merchant', () => post('', { to: path().replace(shop.id, 'nobody') }), 422, 'merchant.unknown'],
    [
      'too many bytes',
      () => post(`payment_id,amount,time\n${'x\n'.repeat(9_000_000)}`),
      413,
      'body.too-large',
    ],
  ])('refuses %s', async (_, call, status, code) => {
    const answer = await call();
    expect({ status: answer.status, code: answer.body.error?.code }).toEqual({ status, code });
  });

  it('is the only route that takes tables', async () => {
    const { status, body } = await post('a', { to: '/admin/accounts/settle' });
    expect({ status, code: body.error.code }).toEqual({ status: 415, code: 'body.content-type' });
  });
});
