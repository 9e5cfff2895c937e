import { rmSync } from 'node:fs';

/** What SQLite and the process lock keep beside a database: part of it while it is in use. */
const sideSuffixes = ['-wal', '-shm', '-journal', '-lock'] as const;

/** Removes a database that nobody uses, with all that is beside it. */
export function removeDatabase(path: string): void {
  for (const suffix of ['', ...sideSuffixes]) rmSync(`${path}${suffix}`, { force: true });
}
