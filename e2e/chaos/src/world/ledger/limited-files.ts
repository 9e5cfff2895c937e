import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { promisify } from 'node:util';
import type { DiskRoom } from './disk-room.js';

const run = promisify(execFile);

/** Where no file system can be mounted: forbids the gateway's process to write further into its files than so many bytes. */
export function limitFiles(folder: string, processId: () => number | null): DiskRoom {
  mkdirSync(folder, { recursive: true });
  const limit = async (bytes: number | 'unlimited') => {
    const id = processId();
    // A process that has just been killed needs no limit.
    if (id !== null) await run('prlimit', ['--pid', String(id), `--fsize=${bytes}:`]).catch(() => {});
  };
  return {
    folder,
    means: 'a limit on the files that the gateway writes (prlimit --fsize)',
    async fill(leaveBytes) {
      await limit(leaveBytes);
      return () => limit('unlimited');
    },
    close: async () => {},
  };
}
