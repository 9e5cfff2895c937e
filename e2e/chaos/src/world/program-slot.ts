import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeExit } from './before-exit.js';
import { until } from './until.js';

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
