import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { FiscalError } from '@fiscalkit/schemas/errors';
import { ledgerUnavailable } from '../../errors.js';
import { type Call, errorOf, type Opening, type Reply, type ThreadSettings } from './messages.js';

/** A program of a thread, and what it is started with. */
export interface ThreadProgram {
  readonly program: URL;
  readonly name: string;
  readonly settings: ThreadSettings;
}

/** Starts the program; rejects as its opening of the ledger throws. */
export async function startThread({ program, name, settings }: ThreadProgram): Promise<ThreadCalls> {
  const worker = new Worker(program, {
    workerData: settings,
    name,
    // A program that came as a text says of what kind it is, which holds for no file.
    ...(process.execArgv.some((option) => option.startsWith('--input-type')) && { execArgv: [] }),
  });
  const opening = await openingOf(worker);
  if (opening !== 'open') throw errorOf(opening);
  return new ThreadCalls(worker);
}

function openingOf(worker: Worker): Promise<Opening> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', (cause) => reject(ledgerUnavailable(cause)));
    worker.once('exit', () => reject(ledgerUnavailable(new Error('The thread of the ledger has ended.'))));
  });
}

/**
 * Calls in a pack that does not wait for the end of the turn: else a crowd of requests and the thread would
 * work by turns, each of them idle while the other one has all the calls.
 */
const fullPack = 16;

interface Waiter {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Asks a thread that has the ledger open. What is asked within one turn of the event loop goes over together.
 */
export class ThreadCalls {
  readonly #worker: Worker;
  readonly #waiters = new Map<number, Waiter>();
  #calls: Call[] = [];
  #lastNumber = 0;
  #closing: Promise<void> | null = null;
  #ended: Error | null = null;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.unref();
    worker.on('message', (replies: readonly Reply[]) => this.#receive(replies));
    worker.on('error', (error) => this.#end(error));
    worker.on('exit', () => this.#end(new Error('The thread of the ledger has ended.')));
  }

  /** Whether nobody will answer any more. */
  get hasEnded(): boolean {
    return this.#ended !== null;
  }

  ask(name: Call[1], argument?: unknown): Promise<unknown> {
    if (this.#ended) return Promise.reject(ledgerUnavailable(this.#ended));
    return new Promise((resolve, reject) => {
      // Whoever waits for the ledger keeps the process alive; the thread alone does not.
      if (this.#waiters.size === 0) this.#worker.ref();
      this.#lastNumber += 1;
      this.#waiters.set(this.#lastNumber, { resolve, reject });
      if (this.#calls.length === 0) setImmediate(() => this.#send());
      this.#calls.push([this.#lastNumber, name, argument]);
      if (this.#calls.length === fullPack) this.#send();
    });
  }

  /** Ends the thread when all that was asked is answered. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    if (this.#ended) return;
    const exit = once(this.#worker, 'exit');
    await this.ask('close');
    await exit;
  }

  #send(): void {
    if (this.#calls.length === 0) return;
    const calls = this.#calls;
    this.#calls = [];
    this.#worker.postMessage(calls);
  }

  #receive(replies: readonly Reply[]): void {
    for (const [number, answer, failure] of replies) {
      const waiter = this.#waiters.get(number);
      this.#waiters.delete(number);
      if (failure) waiter?.reject(errorOf(failure));
      else waiter?.resolve(answer);
    }
    if (this.#waiters.size === 0 && !this.#closing) this.#worker.unref();
  }

  /** Nobody will answer any more: what was asked may be done or not, as when a process ends. */
  #end(error: Error): void {
    this.#ended ??= error;
    for (const { reject } of this.#waiters.values()) reject(ledgerUnavailable(error));
    this.#waiters.clear();
  }
}

/** File of a thread's program, in this package; `null` where a bundler moved this code away from it. */
export function findThreadProgram(file: string, here: string | undefined = import.meta.url): URL | null {
  const program = here === undefined ? null : URL.parse(file, here);
  return program?.protocol === 'file:' && existsSync(fileURLToPath(program)) ? program : null;
}

/** The same, but throws a `FiscalError` with code `ledger.bundled` where the program is missing. */
export function threadProgram(file: string, here?: string): URL {
  const program = findThreadProgram(file, here);
  if (program) return program;
  throw new FiscalError({
    code: 'ledger.bundled',
    message:
      '@fiscalkit/ledger was bundled into another file, without the program of its thread: keep @fiscalkit/* external (webpack: externals, esbuild: --external:@fiscalkit/*).',
    retryable: false,
  });
}
