import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** Command line and environment of a program. */
export interface ProgramDescription {
  /** Arguments of Node: its options, the program, the program's arguments. */
  readonly commandLine: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Whole URL that answers when the program is ready. */
  readonly healthUrl: string;
  /** File that its output is appended to. */
  readonly logFile: string;
}

const restartPauseMs = 200;
/** Five programs that start at once on a busy machine take long. */
const startBoundMs = 180_000;

/** Supervisor of one program: starts, kills and restarts it, also when it exits by itself. */
export class ProgramSlot {
  readonly #describe: () => ProgramDescription;
  #child: ChildProcess | null = null;
  #wanted = false;
  #unexpectedExits = 0;

  /** The description is called at every start. */
  constructor(describe: () => ProgramDescription) {
    this.#describe = describe;
  }

  /** Number of times the program exited by itself after it had been ready. */
  get unexpectedExits(): number {
    return this.#unexpectedExits;
  }

  get processId(): number | null {
    return this.#child?.pid ?? null;
  }

  /** Starts the program; it need not be ready yet. */
  start(): void {
    this.#wanted = true;
    if (this.#child === null) this.#spawn();
  }

  /** Returns whether the program is ready within the time. */
  readyWithin(milliseconds: number): Promise<boolean> {
    const { healthUrl } = this.#describe();
    return until(() => isUp(healthUrl), { everyMs: 20, forMs: milliseconds });
  }

  /** Resolves when the program is ready. Rejects when it is not ready within three minutes. */
  async ready(): Promise<void> {
    if (await this.readyWithin(startBoundMs)) return;
    const { healthUrl, logFile } = this.#describe();
    const lastLines = readFileSync(logFile, 'utf8').trim().split('\n').slice(-3).join('\n');
    throw new Error(`${healthUrl} does not answer; its program says:\n${lastLines}`);
  }

  /** Ends the program as a power cut would. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  /** Terminates the program gracefully. */
  stop(): Promise<void> {
    return this.#end('SIGTERM');
  }

  /** Suspends the process; returns a function that resumes it. */
  pause(): () => void {
    const child = this.#child;
    child?.kill('SIGSTOP');
    return () => {
      child?.kill('SIGCONT');
    };
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    this.#wanted = false;
    const child = this.#child;
    if (child === null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  #spawn(): void {
    const { commandLine, environment, healthUrl, logFile } = this.#describe();
    const child = spawn(process.execPath, [...commandLine], {
      env: { ...plainEnvironment(), ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    const log = createWriteStream(logFile, { flags: 'a' });
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    child.once('close', () => log.end());
    const kill = beforeExit(() => child.kill('SIGKILL'));
    let wasReady = false;
    void this.#watch(child, healthUrl, () => {
      wasReady = true;
    });
    child.once('exit', () => {
      kill();
      this.#child = null;
      if (!this.#wanted) return;
      if (wasReady) this.#unexpectedExits += 1;
      void this.#startAgain();
    });
  }

  async #watch(child: ChildProcess, healthUrl: string, ready: () => void): Promise<void> {
    const isOver = async () =>
      child.exitCode !== null || child.signalCode !== null || (await isUp(healthUrl));
    await until(isOver, { everyMs: 50, forMs: startBoundMs });
    if (child.exitCode === null && child.signalCode === null) ready();
  }

  async #startAgain(): Promise<void> {
    await sleep(restartPauseMs);
    if (this.#wanted && this.#child === null) this.#spawn();
  }
}

async function isUp(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(1_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

/** Returns our own environment without variables that configure a gateway. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(([name]) => !/^(?:FISCALKIT_|HOST$|PORT$)/.test(name));
  return Object.fromEntries(entries);
}

/** Returns the path of a module of ours that Node runs: the built file, or the source from sources. */
export function ownFile(name: string, from: string): string {
  const extension = from.endsWith('.ts') ? '.ts' : '.js';
  return fileURLToPath(new URL(`${name}${extension}`, from));
}

const cleanups: (() => void)[] = [];

/**
 * Registers a cleanup for the exit of this process. The last one runs first: a disk is unmounted after the
 * programs that use it have ended. Returns a function that cleans up earlier.
 */
export function beforeExit(undo: () => void): () => void {
  if (cleanups.length === 0) process.once('exit', cleanUp);
  cleanups.push(undo);
  return () => {
    forget(undo);
    undo();
  };
}

function forget(undo: () => void): void {
  const place = cleanups.indexOf(undo);
  if (place !== -1) cleanups.splice(place, 1);
  if (cleanups.length === 0) process.off('exit', cleanUp);
}

function cleanUp(): void {
  for (const undo of cleanups.toReversed()) undo();
}

/** Interval of polling, and its longest time, in milliseconds. */
export interface WaitOptions {
  readonly everyMs: number;
  readonly forMs: number;
}

/** Polls a condition; returns whether it became true in time. */
export async function until(
  holds: () => Promise<boolean>,
  { everyMs, forMs }: WaitOptions,
): Promise<boolean> {
  const endsAt = performance.now() + forMs;
  for (;;) {
    if (await holds()) return true;
    if (performance.now() >= endsAt) return false;
    await sleep(everyMs);
  }
}
