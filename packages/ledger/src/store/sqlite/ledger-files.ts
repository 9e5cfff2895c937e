import {
  chmodSync,
  closeSync,
  existsSync,
  fchmodSync,
  mkdirSync,
  openSync,
  readlinkSync,
  statSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { FiscalError } from '@fiscalkit/schemas/errors';

/** A ledger holds buyers' data: only its owner may read it, whatever the process's mask says. */
const fileMode = 0o600;
const folderMode = 0o700;

function codeOf(error: unknown): string {
  return String(Object(error).code);
}

/** Not to be tried again: somebody has to mend the path. */
function pathError(message: string, cause?: unknown): FiscalError {
  return new FiscalError({ code: 'ledger.unavailable', message, retryable: false, cause });
}

function isFolder(path: string): boolean | null {
  try {
    return statSync(path).isDirectory();
  } catch (cause) {
    const code = codeOf(cause);
    if (code === 'ENOENT') return null;
    if (code === 'ENOTDIR') return false;
    throw pathError(`The ledger's folder ${path} can't be looked at (${code}).`, cause);
  }
}

/**
 * Makes the folder, and those above it, one at a time: Node's own way goes on for ever where the system
 * refuses a folder as `/proc` does. Throws a `FiscalError` with code `ledger.unavailable` that names what is
 * in the way.
 */
function makeFolder(path: string): void {
  const there = isFolder(path);
  if (there) return;
  if (there === false)
    throw pathError(`The ledger's folder can't be made: ${path}, or what is above it, is a file.`);
  const above = dirname(path);
  if (above !== path) makeFolder(above);
  try {
    mkdirSync(path, folderMode);
    chmodSync(path, folderMode);
  } catch (cause) {
    // Another process may have made it meanwhile.
    if (isFolder(path)) return;
    throw pathError(`The ledger's folder ${path} can't be made (${codeOf(cause)}).`, cause);
  }
}

/**
 * Makes the folder of a ledger's file where it is missing. Throws a `FiscalError` with code
 * `ledger.unavailable`, also where a folder has the file's name.
 */
export function makeFolderOf(path: string): void {
  const full = resolve(path);
  makeFolder(dirname(full));
  if (isFolder(full)) throw pathError(`The ledger can't be kept in ${full}: it is a folder, not a file.`);
}

/** Where a link leads to whose file is not there yet. */
function targetOf(link: string): string {
  return resolve(dirname(link), readlinkSync(link));
}

/**
 * Makes an empty file for its owner alone, unless there is one already. SQLite gives its log the same mode.
 */
export function makeFile(path: string): void {
  let file: number;
  try {
    file = openSync(path, 'wx', fileMode);
  } catch (cause) {
    if (codeOf(cause) === 'EEXIST') {
      if (!existsSync(path)) makeFile(targetOf(path));
      return;
    }
    throw pathError(`The ledger's file ${path} can't be made (${codeOf(cause)}).`, cause);
  }
  try {
    fchmodSync(file, fileMode);
  } finally {
    closeSync(file);
  }
}
