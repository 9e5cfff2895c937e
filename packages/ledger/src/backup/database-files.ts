import { closeSync, existsSync, fsyncSync, linkSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';

/** What file systems say that have no hard links. */
const noLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

/** Gives a complete file its name; throws, with code `EEXIST`, if another file has the name. */
export function publishFile(file: string, name: string): void {
  giveName(file, name);
  // Where there are no links, it has no other name any more.
  rmSync(file, { force: true });
  syncFolder(dirname(name));
}

/** Gives a file one more name, which no other file may have. */
export function giveName(file: string, name: string): void {
  try {
    linkSync(file, name);
  } catch (error) {
    if (!noLinks.has(String(Object(error).code)) || existsSync(name)) throw error;
    renameSync(file, name);
  }
}

/** Makes names that were given and taken in a folder durable. */
export function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** What SQLite and the process lock keep beside a database: part of it while it is in use. */
const sideSuffixes = ['-wal', '-shm', '-journal', '-lock'] as const;

/** Removes a database that nobody uses, with all that is beside it. */
export function removeDatabase(path: string): void {
  for (const suffix of ['', ...sideSuffixes]) rmSync(`${path}${suffix}`, { force: true });
}

/** Works on an open database, and closes it. */
export function withDatabase<Result>(
  database: DatabaseSync,
  work: (database: DatabaseSync) => Result,
): Result {
  try {
    return work(database);
  } finally {
    database.close();
  }
}
