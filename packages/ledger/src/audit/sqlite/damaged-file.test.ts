import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isFiscalError } from '@fiscalkit/schemas';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSqliteStore } from '../../store/sqlite/create-sqlite-store.js';
import { fillLedger } from '../contract/sample-ledger.fixture.js';
import { verifyLedger } from '../verify.js';
import { openSqliteAudit } from './open-sqlite-audit.js';

let folder: string;
let whole: Uint8Array;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fiscalkit-damage-'));
  const path = join(folder, 'whole');
  const store = createSqliteStore({ path });
  await fillLedger(store);
  await store.close();
  whole = readFileSync(path);
});

afterAll(() => rmSync(folder, { recursive: true }));

/** Returns the code of the audit's error, or of its first fault; `null` when it finds nothing. */
async function verdict(content: Uint8Array | null, name = 'damaged'): Promise<string | null> {
  const path = join(folder, name);
  if (content) writeFileSync(path, content);
  try {
    const source = openSqliteAudit(path);
    try {
      return (await verifyLedger(source)).faults[0]?.code ?? null;
    } finally {
      await source.close();
    }
  } catch (error) {
    if (!isFiscalError(error)) throw error;
    return error.code;
  }
}

describe('the file of a ledger', () => {
  it('verifies as long as it is whole', async () => {
    expect(await verdict(whole)).toBeNull();
  });

  it('that is not there, or holds something else, is told from a damaged one', async () => {
    expect(await verdict(null, 'missing')).toBe('ledger.missing');
    expect(await verdict(null, '.')).toBe('ledger.unavailable');
    expect(await verdict(null, 'x'.repeat(5_000))).toBe('ledger.unavailable');
    expect(await verdict(new Uint8Array(0))).toBe('ledger.missing');
    expect(await verdict(Buffer.from('no database '.repeat(500)))).toBe('ledger.damaged');
    new DatabaseSync(join(folder, 'other')).exec('CREATE TABLE other (a)');
    expect(await verdict(null, 'other')).toBe('ledger.missing');
  });

  it('of a newer release is left alone', async () => {
    const path = join(folder, 'newer');
    writeFileSync(path, whole);
    const database = new DatabaseSync(path);
    database.exec('PRAGMA user_version = 999');
    database.close();
    expect(await verdict(null, 'newer')).toBe('ledger.version');
  });

  it('that ends too early is damaged', async () => {
    const path = join(folder, 'short');
    writeFileSync(path, whole);
    truncateSync(path, whole.length - 3 * 4_096);
    expect(await verdict(null, 'short')).toMatch(/^(ledger|audit\.file)\.damaged$/);
  });

  it('with a flipped bit where a row is gives the row, not the file', async () => {
    const flipped = Buffer.from(whole)
      .toString('latin1')
      .replaceAll('\\"attempt\\":1,\\"fence\\":1', '\\"attempt\\":1,\\"fence\\":0');
    expect(await verdict(Buffer.from(flipped, 'latin1'))).toBe('audit.row.changed');
  });

  it('never ends an audit with anything but faults and errors of ours, wherever it is damaged', async () => {
    const places = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 })), {
      minLength: 1,
      maxLength: 30,
    });
    const outcomes = new Set<string | null>();
    await fc.assert(
      fc.asyncProperty(places, async (flips) => {
        const content = Uint8Array.from(whole);
        for (const [place, bits] of flips) content[place] = (content[place] ?? 0) ^ bits;
        outcomes.add(await verdict(content));
      }),
      { numRuns: 150 },
    );
    expect(outcomes).toContain('audit.file.damaged');
  });
});
