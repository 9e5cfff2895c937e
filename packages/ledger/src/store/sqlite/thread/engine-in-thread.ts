import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { ledgerUnavailable } from '../../unavailable.js';
import type { Engine } from '../engine.js';
import type { Answer, Argument, OperationName } from '../operations.js';
import { errorOf } from './failure.js';
import type { Call, Opening, Reply, ThreadSettings } from './messages.js';

/** Opens the ledger at this path in a thread of its own. Rejects as opening it in this thread throws. */
export async function openEngineThread(path: string): Promise<Engine> {
  const settings: ThreadSettings = { path };
  const program = new URL('engine-thread.js', import.meta.url);
  const worker = new Worker(program, {
    workerData: settings,
    name: 'fiscalkit-ledger',
    // A program that came as a text says of what kind it is, which holds for no file.
    ...(process.execArgv.some((option) => option.startsWith('--input-type')) && { execArgv: [] }),
  });
  const opening = await openingOf(worker);
  if (opening !== 'open') throw errorOf(opening);
  return new EngineInThread(worker);
}

async function openingOf(worker: Worker): Promise<Opening> {
  const [opening] = await once(worker, 'message').catch((cause) => {
    throw ledgerUnavailable(cause);
  });
  return opening;
}

/**
 * Calls in a pack that does not wait for the end of the turn: else a crowd of requests and the thread would work by turns, each of them
 * idle while the other one has all the calls.
 */
const fullPack = 16;

interface Waiter {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** Asks the ledger's thread. What is asked within one turn of the event loop goes over together, and shares a commit there. */
class EngineInThread implements Engine {
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

  run<Name extends OperationName>(name: Name, argument: Argument<Name>): Promise<Answer<Name>> {
    return this.#ask(name, argument) as Promise<Answer<Name>>;
  }

  async checkWrites(): Promise<void> {
    await this.#ask('checkWrites');
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    if (this.#ended) return;
    const exit = once(this.#worker, 'exit');
    await this.#ask('close');
    await exit;
  }

  #ask(name: Call[1], argument?: unknown): Promise<unknown> {
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
