import { execFile, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeExit } from './program-slot.js';

const run = promisify(execFile);
const mebibyte = 1024 * 1024;

/** Mounts a file system of so many bytes in memory; `null` where none may be mounted. */
export async function mountSmallDisk(folder: string, bytes: number): Promise<LedgerDisk | null> {
  mkdirSync(folder, { recursive: true });
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'fiscalkit-chaos', folder]);
  } catch {
    return null;
  }
  const unmount = beforeExit(() => spawnSync('umount', ['--lazy', folder]));
  const ballast = join(folder, 'ballast');
  return {
    folder,
    means: `a file system of ${Math.round(bytes / mebibyte)} MiB that is filled to the last block`,
    async fill(leaveBytes) {
      fillDisk(ballast, leaveBytes);
      return async () => rmSync(ballast, { force: true });
    },
    close: async () => unmount(),
  };
}

/** Writes ever smaller pieces until only so many bytes are free. */
function fillDisk(path: string, leaveBytes: number): void {
  const file = openSync(path, 'a');
  try {
    for (let piece = mebibyte; piece >= 512; piece /= 4) {
      while (freeBytes(path) >= piece + leaveBytes && writes(file, piece));
    }
  } finally {
    closeSync(file);
  }
}

function freeBytes(path: string): number {
  const { bavail, bsize } = statfsSync(path);
  return bavail * bsize;
}

function writes(file: number, bytes: number): boolean {
  try {
    return writeSync(file, Buffer.alloc(bytes)) === bytes;
  } catch {
    return false;
  }
}

const runPrlimit = promisify(execFile);

/** Limits the size of the files that the gateway's process writes, where no file system can be mounted. */
export function limitFiles(folder: string, processId: () => number | null): LedgerDisk {
  mkdirSync(folder, { recursive: true });
  const limit = async (bytes: number | 'unlimited') => {
    const id = processId();
    // A process that has just been killed needs no limit.
    if (id !== null) await runPrlimit('prlimit', ['--pid', String(id), `--fsize=${bytes}:`]).catch(() => {});
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

/** Disk of an SQLite ledger. */
export interface LedgerDisk {
  /** Folder for the ledger. */
  readonly folder: string;
  /** How the disk is filled, in words. */
  readonly means: string;
  /** Fills the disk but for so many bytes; returns a function that frees it. */
  fill(leaveBytes: number): Promise<() => Promise<void>>;
  close(): Promise<void>;
}
