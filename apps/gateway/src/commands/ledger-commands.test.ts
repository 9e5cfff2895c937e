import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, openBench } from '../gateway.fixture.js';
import { sale } from '../receipt.fixture.js';
import { run } from './terminal.fixture.js';

let folder: string;
let ledger: string;
let bench: Bench;

const openLedger = () => openBench({ FISCALKIT_LEDGER_URL: `sqlite:${ledger}` });

const createReceipt = (payment: number) =>
  bench.signed({
    method: 'POST',
    path: '/v5/receipts?wait=5000',
    body: JSON.stringify(sale({ payment_id: payment })),
  });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fiscalkit-commands-'));
  ledger = join(folder, 'ledger.sqlite');
  bench = await openLedger();
  for (let payment = 1; payment <= 3; payment += 1) await createReceipt(payment);
});
afterEach(() => bench.close());

/** Changes the ledger without its journal, as only somebody with access to the file can. */
function tamper(sql: string): void {
  const database = new DatabaseSync(ledger);
  const triggers = database
    .prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'journal'")
    .all();
  for (const { name } of triggers) database.exec(`DROP TRIGGER ${name}`);
  database.exec(sql);
  for (const trigger of triggers) database.exec(String(trigger.sql));
  database.close();
}

describe('verify', () => {
  it.each([
    ['by URL', () => [`sqlite:${ledger}`], {}],
    ['by path', () => [ledger], {}],
    ['by the environment', () => [], true],
  ])('finds nothing in a ledger that a gateway works on, named %s', async (_, words, environment) => {
    const given = environment === true ? { FISCALKIT_LEDGER_URL: `sqlite:${ledger}` } : {};
    const { status, printed, told } = await run(['verify', ...words()], given);
    expect({ status, told }).toEqual({ status: 0, told: '' });
    expect(printed).toMatch(/^clean: 3 entries, \d+ journal rows/);
  });

  it('prints its report for programs, and takes a seal that was noted', async () => {
    await expect
      .poll(async () => JSON.parse((await run(['verify', ledger, '--json'])).printed).unsealed_rows, {
        timeout: 10_000,
      })
      .toBe(0);
    const report = JSON.parse((await run(['verify', ledger, '--json'])).printed);
    expect(report).toMatchObject({ ok: true, entries: 3, faults: [], more_faults: false });
    const { number, hash } = report.last_seal;
    expect((await run(['verify', ledger, '--seal', `${number}:${hash}`])).status).toBe(0);
    const other = await run(['verify', ledger, '--seal', `${number}:${hash.replace(/./g, '0')}`]);
    expect(other.status).toBe(1);
    expect(other.printed).toContain('audit.seal.changed');
  });

  it('names the first bad row', async () => {
    await bench.close();
    tamper(
      'UPDATE journal SET details = replace(details, \'"attempt":1\', \'"attempt":2\') WHERE position = 2',
    );
    const { status, printed } = await run(['verify', ledger]);
    expect(status).toBe(1);
    expect(printed).toMatch(
      /^FAULTY: .*\nfirst fault:\n {2}audit\.row\.changed at position 2, row 2, entry /,
    );
    const { faults } = JSON.parse((await run(['verify', ledger, '--json'])).printed);
    expect(faults[0]).toMatchObject({
      code: 'audit.row.changed',
      position: 2,
      version: 2,
      entry_id: expect.any(String),
    });
    bench = await openLedger();
  });

  it.each([
    ['that is not there', () => join(folder, 'nothing.sqlite')],
    ['that can not be reached', () => 'postgres://me:hunter2@127.0.0.1:1/fiscal'],
  ])('says that it could not check a ledger %s', async (_, url) => {
    const { status, printed, told } = await run(['verify', url()]);
    expect({ status, printed }).toEqual({ status: 2, printed: '' });
    expect(told).toContain("can't check");
    expect(told).not.toContain('hunter2');
  });
});

describe('backup, restore and restored', () => {
  it('copies a ledger that a gateway works on, and puts the copy back when none does', async () => {
    const copy = join(folder, 'copy.sqlite');
    expect(await run(['backup', ledger, copy])).toMatchObject({ status: 0, told: '' });
    expect((await run(['verify', copy])).status).toBe(0);
    expect(await run(['backup', ledger, copy])).toMatchObject({ status: 1, printed: '' });
    await createReceipt(4);

    expect(await run(['restore', copy, ledger])).toMatchObject({ status: 1, printed: '' });
    await bench.close();
    const { status, printed } = await run(['restore', copy], { FISCALKIT_LEDGER_URL: `sqlite:${ledger}` });
    expect(status).toBe(0);
    expect(printed).toContain(`restored ${ledger} as it was at`);
    expect(readdirSync(folder).length).toBeGreaterThan(2);
    bench = await openLedger();
    expect((await bench.signed({})).body.data).toHaveLength(3);
  });

  it('notes that a copy was put back, when no gateway has the ledger', async () => {
    const since = ['--since', new Date(Date.now() - 60_000).toISOString()];
    expect(await run(['restored', ledger, ...since])).toMatchObject({ status: 1, printed: '' });
    await bench.close();
    const { status, printed } = await run(['restored', ledger, ...since]);
    expect(status).toBe(0);
    expect(printed).toContain(`noted: ${ledger} is a copy as of`);
    expect((await run(['restored', join(folder, 'nothing.sqlite'), ...since])).status).toBe(1);
    expect(readdirSync(folder)).not.toContain('nothing.sqlite');
    bench = await openLedger();
  });
});
