import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { AuditReport } from '../audit/report.js';
import { openSqliteAudit } from '../audit/sqlite/open-sqlite-audit.js';
import { verifyLedger } from '../audit/verify.js';
import { newEntry } from '../store/new-entry.fixture.js';
import { createSqliteStore } from '../store/sqlite/create-sqlite-store.js';

/** A folder for every test, and what tests do with ledgers in it. */
export interface LedgerFolder {
  path(name: string): string;
  /** The names of the files in it, but for what SQLite and process locks keep beside ledgers. */
  files(): string[];
  /** Makes a ledger with so many accepted entries, and answers their ids. */
  fill(name: string, entries: number): Promise<string[]>;
  verify(name: string): Promise<AuditReport>;
}

export function useLedgerFolder(): LedgerFolder {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'fiscalkit-backup-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const path = (name: string) => join(folder, name);
  return {
    path,
    files: () =>
      readdirSync(folder)
        .filter((name) => !/-(lock|shm|wal)$/.test(name))
        .sort(),
    async fill(name, entries) {
      const store = createSqliteStore({ path: path(name) });
      const outcomes = await Promise.all(Array.from({ length: entries }, () => store.accept(newEntry())));
      await store.seal();
      await store.close();
      return outcomes.map(({ entry }) => entry.id);
    },
    async verify(name) {
      const source = openSqliteAudit(path(name));
      try {
        return await verifyLedger(source);
      } finally {
        await source.close();
      }
    },
  };
}
