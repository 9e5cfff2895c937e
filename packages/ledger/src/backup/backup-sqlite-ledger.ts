import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { asBackupError, backupExists } from './backup-error.js';
import { type BackupProgress, copyLedger } from './copy-ledger.js';
import { noteCopy } from './copy-note.js';
import { publishFile } from './publish-file.js';
import { removeDatabase } from './side-files.js';
import { withDatabase } from './with-database.js';

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
 * Copies the ledger in an SQLite file, as it is at one moment, into a single file; a gateway may be at work on it. The copy has
 * the permissions of the ledger, and has its name only when it is complete. Rejects with a `FiscalError`: `backup.exists`,
 * `backup.failed`, `ledger.missing`, `ledger.damaged`, `ledger.version`, `ledger.unavailable`.
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
