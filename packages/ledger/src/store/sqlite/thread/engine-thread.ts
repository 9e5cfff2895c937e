import { parentPort, workerData } from 'node:worker_threads';
import { openEngine } from '../open-engine.js';
import type { OperationName } from '../operations.js';
import type { SqliteEngine } from '../sqlite-engine.js';
import { type Call, failureOf, type Opening, type Reply, type ThreadSettings } from './messages.js';

/** Program of the ledger's thread: opens the database, runs operations, and ends on a close message. */

const port = parentPort;
const { path }: ThreadSettings = workerData;
let replies: Reply[] = [];

function send(message: Opening | readonly Reply[]): void {
  port?.postMessage(message);
}

/** Replies of one commit go together. */
function reply(replied: Reply): void {
  if (replies.length === 0) {
    process.nextTick(() => {
      send(replies);
      replies = [];
    });
  }
  replies.push(replied);
}

async function serve(engine: SqliteEngine, [number, name, argument]: Call): Promise<void> {
  try {
    reply([number, await answer(engine, name, argument)]);
  } catch (error) {
    reply([number, undefined, failureOf(error)]);
  }
}

async function answer(engine: SqliteEngine, name: Call[1], argument: unknown): Promise<unknown> {
  switch (name) {
    case 'checkWrites':
      return engine.checkWrites();
    case 'close':
      await engine.close();
      return port?.unref();
    default:
      // What comes in was typed where it was asked for.
      return engine.run(name as OperationName, argument as never);
  }
}

try {
  const engine = openEngine(path, { now: Date.now, elapsed: () => performance.now() });
  port?.on('message', (calls: readonly Call[]) => {
    for (const call of calls) void serve(engine, call);
  });
  send('open');
} catch (error) {
  send(failureOf(error));
}
