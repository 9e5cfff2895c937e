import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** One of our programs, running as a process of its own; it is killed when this process ends. */
export interface Program {
  /** Address that it listens on, for example `http://127.0.0.1:8080`. */
  readonly url: string;
  readonly pid: number;
  isRunning(): boolean;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Asks it to end, and returns its exit status: `null` when a signal ended it. */
  stop(): Promise<number | null>;
}

export interface ProgramOptions {
  readonly commandLine?: readonly string[];
  /** Added to this process's own environment. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Receives what the program writes to both of its outputs; when absent, its errors are written to ours. */
  readonly onOutput?: (text: string) => void;
}

const pollIntervalMs = 5;
const running = new Set<ChildProcess>();

process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/**
 * Starts a program, and resolves when it prints its address. `entry` is the URL of its `main.js`, or of the
 * `index.js` beside it. Without `onOutput` the output goes to a file, as a log would: reading it here would
 * take processor time from what is measured.
 */
export async function startProgram(
  entry: string,
  { commandLine = [], environment = {}, onOutput }: ProgramOptions = {},
): Promise<Program> {
  const main = fileURLToPath(entry).replace(/index\.js$/, 'main.js');
  const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-program-'));
  const file = join(folder, 'output');
  const descriptor = openSync(file, 'w');
  const child = spawn(process.execPath, [main, ...commandLine], {
    env: { ...process.env, ...environment },
    stdio: onOutput ? ['ignore', 'pipe', 'pipe'] : ['ignore', descriptor, 'inherit'],
  });
  closeSync(descriptor);
  running.add(child);
  child.once('exit', () => {
    running.delete(child);
    rmSync(folder, { recursive: true });
  });
  const output = onOutput ? followOutput(child, onOutput) : () => readFileSync(file, 'utf8');
  return {
    url: await addressOf(child, output),
    pid: child.pid ?? 0,
    isRunning: () => isRunning(child),
    kill: async () => {
      await end(child, 'SIGKILL');
    },
    stop: () => end(child, 'SIGTERM'),
  };
}

/** Kills whatever programs are still running; for `afterEach`. */
export async function killPrograms(): Promise<void> {
  await Promise.all([...running].map((child) => end(child, 'SIGKILL')));
}

function isRunning({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (isRunning(child)) {
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }
  return child.exitCode;
}

/** Passes the output on, and returns a reader of its beginning, where the address is. */
function followOutput(child: ChildProcess, onOutput: (text: string) => void): () => string {
  let beginning = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      if (beginning.length < 100_000) beginning += text;
      onOutput(text);
    });
  }
  return () => beginning;
}

/** Reads the output until it names an address. Rejects with the output when the program ends before. */
async function addressOf(child: ChildProcess, output: () => string): Promise<string> {
  while (isRunning(child)) {
    // Something must follow the digits: what is there of a line may end amid the port.
    const url = /http:\/\/127\.0\.0\.1:\d+(?=\D)/.exec(output())?.[0];
    if (url) return url;
    await delay(pollIntervalMs);
  }
  const how = child.signalCode ?? `exit status ${child.exitCode}`;
  throw new Error(`${child.spawnargs.join(' ')} ended before it listened (${how})`);
}
