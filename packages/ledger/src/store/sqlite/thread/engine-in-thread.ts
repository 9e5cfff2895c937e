import type { Engine } from '../engine.js';
import type { Answer, Argument, OperationName } from '../operations.js';
import { startThread, type ThreadCalls } from './thread-calls.js';
import { threadProgram } from './thread-program.js';

/** Opens the ledger at this path in a thread of its own. Rejects as opening it in this thread throws. */
export async function openEngineThread(path: string): Promise<Engine> {
  const program = threadProgram('engine-thread.js');
  return new EngineInThread(await startThread({ program, name: 'fiscalkit-ledger', settings: { path } }));
}

/** Asks the ledger's thread. What is asked within one turn of the event loop shares a commit there. */
class EngineInThread implements Engine {
  readonly #calls: ThreadCalls;

  constructor(calls: ThreadCalls) {
    this.#calls = calls;
  }

  run<Name extends OperationName>(name: Name, argument: Argument<Name>): Promise<Answer<Name>> {
    return this.#calls.ask(name, argument) as Promise<Answer<Name>>;
  }

  async checkWrites(): Promise<void> {
    await this.#calls.ask('checkWrites');
  }

  close(): Promise<void> {
    return this.#calls.close();
  }
}
