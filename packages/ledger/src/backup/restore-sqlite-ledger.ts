import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, realpathSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Fault, FiscalError } from '@fiscalkit/schemas';
import type { AuditFault, AuditProgress } from '../audit/report.js';
import { openSqliteAudit } from '../audit/sqlite/open-sqlite-audit.js';
import { verifyLedger } from '../audit/verify.js';
import { createSqliteStore } from '../store/sqlite/create-sqlite-store.js';
import { openDatabase } from '../store/sqlite/open-engine.js';
import { lockForProcess } from '../store/sqlite/process-lock.js';
import { asBackupError } from './backup-error.js';
import { copyLedger, copyMadeAt } from './backup-sqlite-ledger.js';
import { giveName, removeDatabase, syncFolder, withDatabase } from './database-files.js';

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
 * Puts a copy of a ledger in its place, and declares it restored: what may have been sent since the copy was
 * made is looked for before it is sent. The ledger that was there is kept beside it. Nothing is changed
 * unless all succeeds. Rejects with a `FiscalError`: `ledger.in-use` while a process has the ledger open,
 * `restore.unverified` with the faults for a copy that does not verify, `restore.window`, `backup.failed`,
 * `ledger.missing`, `ledger.damaged`, `ledger.version`, `ledger.unavailable`.
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

/** SQLITE_BUSY and SQLITE_LOCKED: another connection has the ledger open. */
const busy = new Set([5, 6]);

/**
 * Puts a complete ledger in the place of another, which it keeps under another name; answers that name, or
 * `null` when there was no other. At no moment is the place empty, or one ledger's file beside the other's
 * log. Throws a `FiscalError` with code `ledger.in-use` while somebody has the other open.
 */
function putInPlace(file: string, place: string): string | null {
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

/** Throws a `FiscalError` with code `restore.unverified` and the faults unless the copy verifies. */
async function verifyCopy(
  path: string,
  onProgress: ((progress: AuditProgress) => void) | undefined,
): Promise<void> {
  const source = openSqliteAudit(path);
  try {
    const { faults } = await verifyLedger(source, onProgress && { onProgress });
    if (faults.length > 0) throw unverified(faults);
  } finally {
    await source.close();
  }
}

function unverified(faults: readonly AuditFault[]): FiscalError {
  const [first] = faults;
  const place = first?.position === undefined ? '' : ` at position ${first.position}`;
  return new FiscalError({
    code: 'restore.unverified',
    message: `The copy is not what the ledger wrote (${first?.code}${place}); it was not put back.`,
    retryable: false,
    faults: faults.map(documentFault),
  });
}

function documentFault({ code, message, position }: AuditFault): Fault {
  const path = position === undefined ? '$' : `$.journal[${position}]`;
  return { code, path, message, severity: 'fault' };
}
