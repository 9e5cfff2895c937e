import { existsSync, realpathSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { FiscalError } from '@fiscalkit/schemas';
import { giveName, syncFolder } from './publish-file.js';
import { withDatabase } from './with-database.js';

/** SQLITE_BUSY and SQLITE_LOCKED: another connection has the ledger open. */
const busy = new Set([5, 6]);

/**
 * Puts a complete ledger in the place of another, which it keeps under another name; answers that name, or `null` when there
 * was no other. At no moment is the place empty, or one ledger's file beside the other's log. Throws a `FiscalError` with code
 * `ledger.in-use` while somebody has the other open.
 */
export function putInPlace(file: string, place: string): string | null {
  const path = existsSync(place) ? realpathSync(place) : place;
  const replaced = `${path}.replaced-${new Date().toISOString().replaceAll(':', '-')}`;
  const isThere = existsSync(path);
  if (isThere) {
    takeInLog(path);
    giveName(path, replaced);
  }
  // What is left of a ledger that is damaged, or gone, must not be taken for the new one's.
  for (const suffix of ['-wal', '-shm', '-journal']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, replaced + suffix);
  }
  renameSync(file, path);
  syncFolder(dirname(path));
  return isThere ? replaced : null;
}

/** Takes what is in the log of the ledger into its file, so that the file alone is the ledger. */
function takeInLog(path: string): void {
  try {
    withDatabase(new DatabaseSync(path, { timeout: 0 }), (ledger) =>
      ledger.exec('PRAGMA journal_mode = DELETE'),
    );
  } catch (cause) {
    if (!busy.has(Object(cause).errcode & 0xff)) return;
    throw new FiscalError({
      code: 'ledger.in-use',
      message: 'Something is reading the ledger.',
      retryable: true,
      cause,
    });
  }
}
