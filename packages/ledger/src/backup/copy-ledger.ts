import { chmodSync, closeSync, openSync, statSync } from 'node:fs';
import { backup, DatabaseSync } from 'node:sqlite';
import { openForReading } from '../audit/sqlite/open-sqlite-audit.js';
import { withDatabase } from './with-database.js';

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

/** Copies a ledger as it is at one moment, whatever is written to it meanwhile, into a single file with the same permissions. */
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
