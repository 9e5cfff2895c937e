import { randomUUID } from 'node:crypto';
import { chmodSync, closeSync, existsSync, openSync, statSync } from 'node:fs';
import { backup, DatabaseSync } from 'node:sqlite';
import { openForReading } from '../audit/sqlite/open-sqlite-audit.js';
import { prepareQuery } from '../store/sqlite/query.js';
import { asBackupError, backupExists } from './backup-error.js';
import { publishFile, removeDatabase, withDatabase } from './database-files.js';

/** What to copy, and where to. */
export interface SqliteBackupSettings {
  /** File of the ledger. */
  readonly path: string;
  /** File that the copy becomes; it must not be there yet. */
  readonly to: string;
  /** Called from time to time. */
  readonly onProgress?: (progress: BackupProgress) => void;
}

/** What a backup made. */
export interface SqliteBackup {
  readonly path: string;
  /** When the copy was made: it holds all that was durable before. */
  readonly madeAt: Date;
}

/**
 * Copies the ledger in an SQLite file, as it is at one moment, into a single file; a gateway may be at work
 * on it. The copy has the permissions of the ledger, and has its name only when it is complete. Rejects with
 * a `FiscalError`: `backup.exists`, `backup.failed`, `ledger.missing`, `ledger.damaged`, `ledger.version`,
 * `ledger.unavailable`.
 */
export async function backupSqliteLedger({
  path,
  to,
  onProgress,
}: SqliteBackupSettings): Promise<SqliteBackup> {
  if (existsSync(to)) throw backupExists();
  const partial = `${to}.${randomUUID()}.partial`;
  try {
    const madeAt = new Date();
    await copyLedger({ path, to: partial, onProgress });
    withDatabase(new DatabaseSync(partial), (copy) => noteCopy(copy, madeAt));
    publishFile(partial, to);
    return { path: to, madeAt };
  } catch (error) {
    throw asBackupError(error);
  } finally {
    removeDatabase(partial);
  }
}

/** How many pages are copied before the process may do other things. */
const pagesAtOnce = 100;

/** What to copy, and where to. */
export interface CopySettings {
  readonly path: string;
  /** A file that is not there yet. What is left of it after an error is the caller's to remove. */
  readonly to: string;
  readonly onProgress?: ((progress: BackupProgress) => void) | undefined;
}

/** How far a copy has come, in pages of the file. */
export interface BackupProgress {
  readonly remainingPages: number;
  readonly totalPages: number;
}

/**
 * Copies a ledger as it is at one moment, whatever is written to it meanwhile, into a single file with the
 * same permissions.
 */
export async function copyLedger({ path, to, onProgress }: CopySettings): Promise<void> {
  const source = openForReading(path);
  try {
    // Buyers' data must not be open to all for even a moment.
    closeSync(openSync(to, 'wx', 0o600));
    await backup(source, to, {
      rate: pagesAtOnce,
      progress: ({ remainingPages, totalPages }) => onProgress?.({ remainingPages, totalPages }),
    });
    // Without a log of its own, the file is complete in itself.
    withDatabase(new DatabaseSync(to), (copy) => copy.exec('PRAGMA journal_mode = DELETE'));
    chmodSync(to, statSync(path).mode & 0o777);
  } finally {
    source.close();
  }
}

/** Notes in a copy when it was made. Only copies have this table. */
function noteCopy(database: DatabaseSync, madeAt: Date): void {
  database.exec('CREATE TABLE IF NOT EXISTS copies (made_at INTEGER NOT NULL) STRICT');
  prepareQuery(database, 'INSERT INTO copies VALUES (:madeAt)').run({ madeAt: madeAt.getTime() });
}

/**
 * When a copy was made: as it says itself, or, when it was made by other means, at the time of its last
 * journal row at the earliest. `null` when nothing tells.
 */
export function copyMadeAt(database: DatabaseSync): Date | null {
  const isCopy = "SELECT count(*) AS tables FROM sqlite_schema WHERE name = 'copies'";
  const noted = prepareQuery<{ tables: number }>(database, isCopy).one()?.tables
    ? 'SELECT made_at AS at FROM copies UNION ALL'
    : '';
  const newest = `SELECT max(at) AS at FROM (${noted} SELECT * FROM (SELECT at FROM journal ORDER BY number DESC LIMIT 1))`;
  const at = prepareQuery<{ at: number | null }>(database, newest).one()?.at ?? null;
  return at === null ? null : new Date(at);
}
