import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../commands/terminal.fixture.js';
import { type Harness, openHarness, shop } from '../gateway.fixture.js';
import { position, sale } from '../receipt.fixture.js';

let folder: string;
let ledger: string;
let harness: Harness;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fiscalkit-reports-'));
  ledger = join(folder, 'ledger.sqlite');
  harness = await openHarness({ FISCALKIT_LEDGER_URL: `sqlite:${ledger}` });
});
afterEach(() => harness.close());

async function sell(payment: unknown, changes: Record<string, unknown> = {}) {
  const body = JSON.stringify(sale({ payment_id: payment, ...changes }));
  const answer = await harness.signed({ method: 'POST', path: '/v5/receipts?wait=5000', body });
  expect(answer.body.data?.status).toBe('registered');
  return answer.body.data;
}

/** The day of a receipt on the register's clock. */
function dayOf({ registered_at }: { registered_at: string }): string {
  const [, day, month, year] = /^(\d\d)\.(\d\d)\.(\d{4})/.exec(registered_at) ?? [];
  return `${year}-${month}-${day}`;
}

describe('the report of a day', () => {
  it('sums by operation, rate and settlement, over HTTP and by the command', async () => {
    await sell(1);
    const positions = [position({ price: 0.1, vat_code: 'vat_10' }), position({ price: 0.2 })];
    const last = await sell(2, { positions, settlements: [{ type: 'cash', sum: 0.3 }] });
    const date = dayOf(last);
    const { status, body } = await harness.signed({ path: `/v5/reports/daily?date=${date}` });
    expect(status).toBe(200);
    const row = {
      provider: 'freedompay',
      currency: 'RUB',
      operation_type: 'sell',
      receipts: 2,
      total: '200.30',
      vat: [
        { vat_code: 'vat_10', receipts: 1, turnover: '0.10', vat: '0.01' },
        { vat_code: 'vat_22', receipts: 2, turnover: '200.20', vat: '36.11' },
      ],
      settlements: [
        { type: 'cash', receipts: 1, sum: '0.30' },
        { type: 'cashless', receipts: 1, sum: '200.00' },
      ],
    };
    expect(body.data).toMatchObject({ merchant_id: shop.id, date, ended: false, receipts: 2, rows: [row] });
    const words = ['report', ledger, '--date', date, '--merchant', shop.id];
    const command = await run([...words, '--json']);
    expect(JSON.parse(command.output)).toEqual(body.data);
    const { output } = await run(words);
    expect(output).toContain('sell: 2 receipts, 200.30 RUB');
    expect(output).toContain('the day has not ended');
  });

  it.each([
    ['/v5/reports/daily', 400, 'report.date'],
    ['/v5/reports/daily?date=2026-02-30', 400, 'report.date'],
    ['/v5/reports/daily?date=2999-01-01', 400, 'report.date'],
    ['/v5/reports/daily?date=2026-01-01&day=2', 400, 'query.unknown'],
  ])('%s is refused', async (path, status, code) => {
    const answer = await harness.signed({ path });
    expect({ status: answer.status, code: answer.body.error?.code }).toEqual({ status, code });
  });

  it('needs a signature, and the command a date and a ledger', async () => {
    expect((await harness.send('/v5/reports/daily?date=2026-01-01')).status).toBe(401);
    expect(await run(['report', ledger, '--merchant', 'x'])).toMatchObject({ status: 2 });
    const words = ['--merchant', 'x', '--date', '2026-01-01'];
    expect(await run(['report', join(folder, 'none'), ...words])).toMatchObject({ status: 2 });
  });
});

describe('an export', () => {
  const window = ['--from', '2026-01-01T00:00:00Z', '--to', '2999-01-01T00:00:00Z', '--merchant', shop.id];
  const exportTo = (file: string, ...more: readonly string[]) =>
    run(['export', ledger, '--file', file, ...window, ...more]);
  const script = fileURLToPath(new URL('../../../../docs/guides/verify-export.mjs', import.meta.url));
  const verify = (file: string) =>
    spawnSync(process.execPath, [script, `${file}.manifest.json`], { encoding: 'utf8' });

  it.each(['csv', 'jsonl'])(
    'as %s is verified by a script that shares no code, and its seal by verify',
    async (type) => {
      for (let payment = 1; payment <= 3; payment += 1) await sell(payment);
      await sell('=HYPERLINK("http://x")');
      await sell('a "quoted", one');
      const file = join(folder, `receipts.${type}`);
      expect(await exportTo(file)).toMatchObject({ status: 0, errors: '' });
      const manifest = JSON.parse(readFileSync(`${file}.manifest.json`, 'utf8'));
      expect(manifest).toMatchObject({
        format: 'fiscalkit-export-1',
        merchant: shop.id,
        receipts: 5,
        registered: 5,
        sums: { RUB: { sell: '1000.00' } },
      });
      const { stdout, status } = verify(file);
      expect(stdout).toContain('clean: 5 receipts, 5 registered');
      expect(status).toBe(0);
      const { number, hash } = manifest.last_seal;
      expect(await run(['verify', ledger, '--seal', `${number}:${hash}`])).toMatchObject({ status: 0 });

      const text = readFileSync(file, 'utf8');
      expect(text).not.toContain('buyer@example.com');
      expect(text.match(/HYPERLINK/g)).toHaveLength(1);
      if (type === 'csv') expect(text).toMatch(/,"'=HYPERLINK/);

      writeFileSync(file, text.replace('200.00', '200.01'));
      const changed = verify(file);
      expect(changed.status).toBe(1);
      expect(changed.stdout).toContain('sha256');
      expect(changed.stdout).toContain('sums');
    },
  );

  it.each(['csv', 'jsonl'])('as %s has each receipt once, whatever line breaks are in it', async (type) => {
    const ids = ['a\nb', 'a\rb', 'a\r\n=1+1', 'a\r"=1+1', 'a\u2028b', 'a\u0085b\u2029', '\u000b=1+1'];
    for (const id of ids) await sell(id);
    const file = join(folder, `receipts.${type}`);
    expect(await exportTo(file)).toMatchObject({ status: 0, errors: '' });
    const { stdout, status } = verify(file);
    expect({ stdout, status }).toMatchObject({
      stdout: expect.stringContaining('clean: 7 receipts'),
      status: 0,
    });
    // Outside of quotes a carriage return ends a row, and what follows begins a cell.
    const plain = readFileSync(file, 'utf8').replaceAll(/"(?:[^"]|"")*"/g, '');
    if (type === 'csv') expect(plain).not.toMatch(/\r/);
  });

  it('writes over nothing, and leaves nothing of what it could not finish', async () => {
    await sell(1);
    const file = join(folder, 'receipts.csv');
    writeFileSync(file, 'mine');
    expect(await exportTo(file)).toMatchObject({ status: 2, errors: expect.stringContaining('EEXIST') });
    expect(readFileSync(file, 'utf8')).toBe('mine');
    const other = join(folder, 'other.csv');
    writeFileSync(`${other}.manifest.json`, 'mine');
    expect(await exportTo(other)).toMatchObject({ status: 2 });
    expect(existsSync(other)).toBe(false);
    expect(await exportTo(join(folder, 'receipts.xlsx'))).toMatchObject({ status: 2 });
  });
});
