import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, statSync } from 'node:fs';
import type { AuditProgress } from '../audit/report.js';
import { createSqliteStore } from '../store/sqlite/create-sqlite-store.js';
import { openDatabase } from '../store/sqlite/open-database.js';
import { lockForProcess } from '../store/sqlite/process-lock.js';
import { asBackupError } from './backup-error.js';
import { copyLedger } from './copy-ledger.js';
import { copyMadeAt } from './copy-note.js';
import { putInPlace } from './put-in-place.js';
import { removeDatabase } from './side-files.js';
import { verifyCopy } from './verify-copy.js';
import { withDatabase } from './with-database.js';

/** What to put back, and where. */
export interface SqliteRestoreSettings {
  /** The copy; it stays as it is. */
  readonly from: string;
  /** File of the ledger. No process may have it open. */
  readonly path: string;
  /** Until when callers may repeat what was accepted after the copy was made; in 72 hours when absent. */
  readonly repeatsUntil?: Date;
  /** Put the copy back even if it does not verify. */
  readonly force?: boolean;
  /** Called from time to time while the copy is verified. */
  readonly onProgress?: (progress: AuditProgress) => void;
}

/** What a restore did. */
export interface SqliteRestore {
  /** Where the ledger is kept that was replaced; `null` when there was none. */
  readonly replaced: string | null;
  /** What was declared: when the copy was made, and until when callers may repeat what was lost. */
  readonly since: Date;
  readonly until: Date;
}

const repeatsForMs = 72 * 3_600_000;

/**
 * Puts a copy of a ledger in its place, and declares it restored: what may have been sent since the copy was made is looked for
 * before it is sent. The ledger that was there is kept beside it. Nothing is changed unless all succeeds. Rejects with a
 * `FiscalError`: `ledger.in-use` while a process has the ledger open, `restore.unverified` with the faults for a copy that does
 * not verify, `restore.window`, `backup.failed`, `ledger.missing`, `ledger.damaged`, `ledger.version`, `ledger.unavailable`.
 */
export async function restoreSqliteLedger(settings: SqliteRestoreSettings): Promise<SqliteRestore> {
  const { path } = settings;
  const lock = lockForProcess(path);
  const partial = `${path}.${randomUUID()}.partial`;
  try {
    const window = await prepare(settings, partial);
    if (existsSync(path)) chmodSync(partial, statSync(path).mode & 0o777);
    return { replaced: putInPlace(partial, path), ...window };
  } catch (error) {
    throw asBackupError(error);
  } finally {
    removeDatabase(partial);
    lock.release();
  }
}

/** Makes the ledger that is to be put in place, complete and declared, under another name. */
async function prepare(settings: SqliteRestoreSettings, partial: string) {
  const { from, force = false, onProgress, repeatsUntil } = settings;
  await copyLedger({ path: from, to: partial });
  const since = withDatabase(openDatabase(partial), copyMadeAt) ?? statSync(from).mtime;
  if (!force) await verifyCopy(partial, onProgress);

  const until = repeatsUntil ?? new Date(Date.now() + repeatsForMs);
  const store = createSqliteStore({ path: partial });
  try {
    await store.declareRestored({ since, until });
  } finally {
    await store.close();
  }
  return { since, until };
}
