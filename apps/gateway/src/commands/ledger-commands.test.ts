import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Harness, openHarness } from '../gateway.fixture.js';
import { sale } from '../receipt.fixture.js';
import { run } from './terminal.fixture.js';

let folder: string;
let ledger: string;
let harness: Harness;

const openLedger = () => openHarness({ FISCALKIT_LEDGER_URL: `sqlite:${ledger}` });

const createReceipt = (payment: number) =>
  harness.signed({
    method: 'POST',
    path: '/v5/receipts?wait=5000',
    body: JSON.stringify(sale({ payment_id: payment })),
  });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fiscalkit-commands-'));
  ledger = join(folder, 'ledger.sqlite');
  harness = await openLedger();
  for (let payment = 1; payment <= 3; payment += 1) await createReceipt(payment);
});
afterEach(() => harness.close());

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
    const { status, output, errors } = await run(['verify', ...words()], given);
    expect({ status, errors }).toEqual({ status: 0, errors: '' });
    expect(output).toMatch(/^clean: 3 entries, \d+ journal rows/);
  });

  it('prints its report for programs, and takes a seal that was noted', async () => {
    await expect
      .poll(async () => JSON.parse((await run(['verify', ledger, '--json'])).output).unsealed_rows, {
        timeout: 10_000,
      })
      .toBe(0);
    const report = JSON.parse((await run(['verify', ledger, '--json'])).output);
    expect(report).toMatchObject({ ok: true, entries: 3, faults: [], more_faults: false });
    const { number, hash } = report.last_seal;
    expect((await run(['verify', ledger, '--seal', `${number}:${hash}`])).status).toBe(0);
    const other = await run(['verify', ledger, '--seal', `${number}:${hash.replace(/./g, '0')}`]);
    expect(other.status).toBe(1);
    expect(other.output).toContain('audit.seal.changed');
  });

  it('names the first bad row', async () => {
    await harness.close();
    tamper(
      String.raw`UPDATE journal SET facts = replace(facts, '\"attempt\":1', '\"attempt\":2')
        WHERE number = (SELECT block FROM journal_rows WHERE position = 2)`,
    );
    const { status, output } = await run(['verify', ledger]);
    expect(status).toBe(1);
    expect(output).toMatch(/^FAULTY: .*\nfirst fault:\n {2}audit\.row\.changed at position 2, row 2, entry /);
    const { faults } = JSON.parse((await run(['verify', ledger, '--json'])).output);
    expect(faults[0]).toMatchObject({
      code: 'audit.row.changed',
      position: 2,
      version: 2,
      entry_id: expect.any(String),
    });
    harness = await openLedger();
  });

  it.each([
    ['that is not there', () => join(folder, 'nothing.sqlite')],
    ['that can not be reached', () => 'postgres://me:hunter2@127.0.0.1:1/fiscal'],
  ])('says that it could not check a ledger %s', async (_, url) => {
    const { status, output, errors } = await run(['verify', url()]);
    expect({ status, output }).toEqual({ status: 2, output: '' });
    expect(errors).toContain("can't check");
    expect(errors).not.toContain('hunter2');
  });
});

describe('backup, restore and restored', () => {
  it('copies a ledger that a gateway works on, and puts the copy back when none does', async () => {
    const copy = join(folder, 'copy.sqlite');
    expect(await run(['backup', ledger, copy])).toMatchObject({ status: 0, errors: '' });
    expect((await run(['verify', copy])).status).toBe(0);
    expect(await run(['backup', ledger, copy])).toMatchObject({ status: 1, output: '' });
    await createReceipt(4);

    expect(await run(['restore', copy, ledger])).toMatchObject({ status: 1, output: '' });
    await harness.close();
    const { status, output } = await run(['restore', copy], { FISCALKIT_LEDGER_URL: `sqlite:${ledger}` });
    expect(status).toBe(0);
    expect(output).toContain(`restored ${ledger} as it was at`);
    expect(readdirSync(folder).length).toBeGreaterThan(2);
    harness = await openLedger();
    expect((await harness.signed({})).body.data).toHaveLength(3);
  });

  it('notes that a copy was put back, when no gateway has the ledger', async () => {
    const since = ['--since', new Date(Date.now() - 60_000).toISOString()];
    expect(await run(['restored', ledger, ...since])).toMatchObject({ status: 1, output: '' });
    await harness.close();
    const { status, output } = await run(['restored', ledger, ...since]);
    expect(status).toBe(0);
    expect(output).toContain(`noted: ${ledger} is a copy as of`);
    expect((await run(['restored', join(folder, 'nothing.sqlite'), ...since])).status).toBe(1);
    expect(readdirSync(folder)).not.toContain('nothing.sqlite');
    harness = await openLedger();
  });
});
