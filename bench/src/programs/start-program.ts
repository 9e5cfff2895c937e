import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const lookEveryMs = 5;

/** One of our programs, running as a process of its own. */
export interface Program {
  readonly url: string;
  /** Of the process. */
  readonly pid: number;
  /** Asks it to end, and waits until it has. */
  stop(): Promise<void>;
}

export interface ProgramOptions {
  readonly commandLine?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * Starts the program of the package whose entry this is; resolves when it says where it listens. What it prints goes to a file, as a
 * log would: reading it here would take processor time from what is measured.
 */
export async function startProgram(
  packageEntry: string,
  { commandLine = [], environment = {} }: ProgramOptions,
): Promise<Program> {
  const main = fileURLToPath(new URL('main.js', packageEntry));
  const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-program-'));
  const output = join(folder, 'output');
  const descriptor = openSync(output, 'w');
  const child = spawn(process.execPath, [main, ...commandLine], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', descriptor, 'inherit'],
  });
  closeSync(descriptor);
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => {
    process.off('exit', kill);
    rmSync(folder, { recursive: true });
  });
  return {
    url: await untilListening(child, output),
    pid: child.pid ?? 0,
    async stop() {
      const ended = once(child, 'exit');
      if (child.kill('SIGTERM')) await ended;
    },
  };
}

/** Looks into what the program prints until it names where it listens. */
async function untilListening(child: ChildProcess, output: string): Promise<string> {
  while (child.exitCode === null && child.signalCode === null) {
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(readFileSync(output, 'utf8'))?.[0];
    if (url) return url;
    await delay(lookEveryMs);
  }
  throw new Error(`${child.spawnargs.join(' ')} ended before it listened`);
}
