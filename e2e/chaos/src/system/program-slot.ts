import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** How one program is run. */
export interface ProgramDescription {
  /** Arguments of Node: options, the program, its own arguments. */
  readonly commandLine: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Answers when the program does: its whole address. */
  readonly healthUrl: string;
  /** Where what it prints is added to. */
  readonly logFile: string;
}

const restartPauseMs = 200;
/** Five programs that start at once on a machine with other work take long. */
const startBoundMs = 180_000;

/** The place of one program in the world: started, killed and started again, and put up again when it ends by itself. */
export class ProgramSlot {
  readonly #describe: () => ProgramDescription;
  #child: ChildProcess | null = null;
  #wanted = false;
  #falls = 0;

  /** The description is asked for at every start. */
  constructor(describe: () => ProgramDescription) {
    this.#describe = describe;
  }

  /** How often the program ended by itself after it had been ready. */
  get falls(): number {
    return this.#falls;
  }

  get processId(): number | null {
    return this.#child?.pid ?? null;
  }

  /** Starts the program; it need not be ready yet. */
  start(): void {
    this.#wanted = true;
    if (this.#child === null) this.#spawn();
  }

  /** Answers whether the program is ready within the time. */
  readyWithin(milliseconds: number): Promise<boolean> {
    const { healthUrl } = this.#describe();
    return until(() => isUp(healthUrl), { everyMs: 20, forMs: milliseconds });
  }

  /** Resolves when the program is ready. Rejects when it is not within three minutes. */
  async ready(): Promise<void> {
    if (await this.readyWithin(startBoundMs)) return;
    const { healthUrl, logFile } = this.#describe();
    const lastWords = readFileSync(logFile, 'utf8').trim().split('\n').slice(-3).join('\n');
    throw new Error(`${healthUrl} does not answer; its program says:\n${lastWords}`);
  }

  /** Ends the program as a power cut would. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  /** Asks the program to end, and waits until it has. */
  stop(): Promise<void> {
    return this.#end('SIGTERM');
  }

  /** Stops the process where it is, and answers how to let it go on. */
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
      if (wasReady) this.#falls += 1;
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

/** Our own environment, without what would configure a gateway. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(([name]) => !/^(?:FISCALKIT_|HOST$|PORT$)/.test(name));
  return Object.fromEntries(entries);
}

/** The path of a module of ours that is run by itself: its built file, or its source when we run from the sources. */
export function ownFile(name: string, from: string): string {
  const extension = from.endsWith('.ts') ? '.ts' : '.js';
  return fileURLToPath(new URL(`${name}${extension}`, from));
}

const undoings: (() => void)[] = [];

/**
 * Has something undone when this process ends before it could do so itself. What was done last is undone first: a disk is
 * unmounted when the programs that use it have ended. Answers how to undo it earlier.
 */
export function beforeExit(undo: () => void): () => void {
  if (undoings.length === 0) process.once('exit', undoAll);
  undoings.push(undo);
  return () => {
    forget(undo);
    undo();
  };
}

function forget(undo: () => void): void {
  const place = undoings.indexOf(undo);
  if (place !== -1) undoings.splice(place, 1);
  if (undoings.length === 0) process.off('exit', undoAll);
}

function undoAll(): void {
  for (const undo of undoings.toReversed()) undo();
}

/** How often to look, and for how long. Milliseconds. */
export interface Patience {
  readonly everyMs: number;
  readonly forMs: number;
}

/** Looks again and again; answers whether it came true in time. */
export async function until(look: () => Promise<boolean>, { everyMs, forMs }: Patience): Promise<boolean> {
  const endsAt = performance.now() + forMs;
  for (;;) {
    if (await look()) return true;
    if (performance.now() >= endsAt) return false;
    await sleep(everyMs);
  }
}
