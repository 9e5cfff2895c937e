import { execFile, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeExit } from './program-slot.js';

const run = promisify(execFile);
const mebibyte = 1024 * 1024;

/** A file system of its own, in memory, of so many bytes; `null` where none may be mounted. */
export async function mountSmallDisk(folder: string, bytes: number): Promise<DiskRoom | null> {
  mkdirSync(folder, { recursive: true });
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'fiscalkit-laboratory', folder]);
  } catch {
    return null;
  }
  const unmount = beforeExit(() => spawnSync('umount', ['--lazy', folder]));
  const ballast = join(folder, 'ballast');
  return {
    folder,
    means: `a file system of ${Math.round(bytes / mebibyte)} MiB that is filled to the last block`,
    async fill(leaveBytes) {
      takeRoom(ballast, leaveBytes);
      return async () => rmSync(ballast, { force: true });
    },
    close: async () => unmount(),
  };
}

/** Writes until only so much is free, in ever smaller pieces. */
function takeRoom(path: string, leaveBytes: number): void {
  const file = openSync(path, 'a');
  try {
    for (let piece = mebibyte; piece >= 512; piece /= 4) {
      while (freeBytes(path) >= piece + leaveBytes && takes(file, piece));
    }
  } finally {
    closeSync(file);
  }
}

function freeBytes(path: string): number {
  const { bavail, bsize } = statfsSync(path);
  return bavail * bsize;
}

function takes(file: number, bytes: number): boolean {
  try {
    return writeSync(file, Buffer.alloc(bytes)) === bytes;
  } catch {
    return false;
  }
}

const runPrlimit = promisify(execFile);

/** Where no file system can be mounted: forbids the gateway's process to write further into its files than so many bytes. */
export function limitFiles(folder: string, processId: () => number | null): DiskRoom {
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

/** The room that an SQLite ledger may take on the disk. */
export interface DiskRoom {
  /** Folder for the ledger. */
  readonly folder: string;
  /** In words: by which means the disk is full. */
  readonly means: string;
  /** Takes all room but so many bytes, and answers how to give it back. */
  fill(leaveBytes: number): Promise<() => Promise<void>>;
  close(): Promise<void>;
}
