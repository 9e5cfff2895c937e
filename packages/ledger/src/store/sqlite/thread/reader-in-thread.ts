import { isFiscalError } from '@fiscalkit/schemas/errors';
import { ledgerUnavailable } from '../../errors.js';
import type { Reader, ReadingAnswer, ReadingArgument, ReadingName } from '../reader.js';
import type { ReaderArgument } from './messages.js';
import { findThreadProgram, startThread, type ThreadCalls } from './thread-calls.js';

/** What a reader reads, and how. */
export interface ReaderSettings {
  /** File of the ledger, which a writer has open. */
  readonly path: string;
  /** The writer's clock; the system's when absent. */
  readonly now?: (() => number) | undefined;
  /** Who reads where the package was put into one file with others, and the thread's program is not there. */
  readonly without: Reader;
  /** After how long without a call the thread ends, in milliseconds; 30,000 when absent. */
  readonly idleMs?: number;
  /** The thread's program; that of the package when absent. */
  readonly program?: URL;
}

/**
 * Reads in a thread of its own, with a connection that can't write. The thread starts with the first call and
 * ends when there was none for a while; one that died is started again, and asked once more.
 */
export class ReaderInThread implements Reader {
  readonly #settings: ReaderSettings;
  #thread: Promise<ThreadCalls | null> | null = null;
  #ending: Promise<void> = Promise.resolve();
  #underWay = 0;
  #idle: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(settings: ReaderSettings) {
    this.#settings = settings;
  }

  async run<Name extends ReadingName>(
    name: Name,
    argument: ReadingArgument<Name>,
  ): Promise<ReadingAnswer<Name>> {
    this.#underWay += 1;
    if (this.#idle) clearTimeout(this.#idle);
    try {
      return await this.#ask(name, argument);
    } finally {
      this.#underWay -= 1;
      if (this.#underWay === 0 && !this.#closed) {
        this.#idle = setTimeout(() => this.#end(), this.#settings.idleMs ?? 30_000).unref();
      }
    }
  }

  /** Ends the thread when what was asked is answered; nothing is read afterwards. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#end();
    await this.#ending;
  }

  async #ask<Name extends ReadingName>(
    name: Name,
    argument: ReadingArgument<Name>,
  ): Promise<ReadingAnswer<Name>> {
    const { now, without } = this.#settings;
    const reading: ReaderArgument = { argument, now: now?.() };
    const thread = await this.#started();
    if (!thread) return without.run(name, argument);
    try {
      return (await thread.ask(name, reading)) as ReadingAnswer<Name>;
    } catch (error) {
      if (!thread.hasEnded || this.#closed) throw error;
    }
    const another = await this.#started();
    if (!another) return without.run(name, argument);
    return (await another.ask(name, reading)) as ReadingAnswer<Name>;
  }

  /** The thread, started when there is none; `null` where its program is missing. */
  async #started(): Promise<ThreadCalls | null> {
    if (this.#closed) throw ledgerUnavailable(new Error('The ledger was closed.'));
    this.#thread ??= this.#start();
    const starting = this.#thread;
    try {
      const thread = await starting;
      if (!thread?.hasEnded) return thread;
    } catch (error) {
      if (this.#thread === starting) this.#thread = null;
      throw error;
    }
    // Several may notice at once; one starts another.
    if (this.#thread === starting) this.#thread = null;
    return this.#started();
  }

  async #start(): Promise<ThreadCalls | null> {
    const { path, program = findThreadProgram('reader-thread.js') } = this.#settings;
    if (program === null) return null;
    try {
      return await startThread({ program, name: 'fiscalkit-reader', settings: { path } });
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  #end(): void {
    if (this.#idle) clearTimeout(this.#idle);
    const ending = this.#thread;
    this.#thread = null;
    // A thread that could not be started has told whoever waited for it.
    const ended = ending?.then((thread) => thread?.close()).catch(() => {});
    this.#ending = Promise.all([this.#ending, ended]).then(() => {});
  }
}

const missingModule = new Set(['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND']);

function isMissing(error: unknown): boolean {
  return isFiscalError(error) && missingModule.has(Object(error.cause).code);
}
