import { constants, getPriority, setPriority } from 'node:os';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import type { SerializedSlice } from '../../list-in-slices.js';
import { asLedgerError } from '../query.js';
import { prepareReading, type Reading } from '../reader.js';
import {
  type Call,
  failureOf,
  type Opening,
  type ReaderArgument,
  type Reply,
  type ThreadSettings,
} from './messages.js';

/**
 * The program of the reader's thread: reads what it is asked, one call after the other, and ends when it is
 * told to close. What takes long is followed by a rest in which nothing is read: the log is moved into the
 * file, and begun anew, only when nobody reads an older state than the last.
 */

const port = parentPort;
const { path }: ThreadSettings = workerData;
const longMs = 1;
const restMs = 1;

/** Steps of the scheduler that this thread is put behind the others of its process. */
const steps = 5;
const busyMs = 2_000;
/** Memory for pages of indexes, in KiB. */
const cacheKibibytes = 8_192;

type Read = (argument: unknown, now: number) => unknown;

function send(message: Opening | readonly Reply[], given: readonly ArrayBuffer[] = []): void {
  port?.postMessage(message, given);
}

function answer(reading: Reading, [number, name, asked]: Call): void {
  const { argument, now } = asked as ReaderArgument;
  try {
    // What comes in was typed where it was asked for.
    const read = reading[name as keyof Reading] as Read;
    const answered = read(argument, now ?? Date.now());
    // Serialised receipts are transferred, not copied.
    send(
      [[number, answered]],
      name === 'serialize' ? [(answered as SerializedSlice).serialized.buffer as ArrayBuffer] : [],
    );
  } catch (error) {
    send([[number, undefined, failureOf(asLedgerError(error))]]);
  }
}

try {
  giveWay();
  const database = openReader(path);
  const reading = prepareReading(database);
  // What a person asks for goes before the slices of lists.
  const waiting = { person: [] as Call[], list: [] as Call[] };
  let isReading = false;
  let closing: Call | null = null;

  const read = async () => {
    isReading = true;
    for (let call = next(); call; call = next()) {
      const startedAt = performance.now();
      answer(reading, call);
      // The rest also lets in what was asked meanwhile.
      await (performance.now() - startedAt < longMs ? turn() : delay(restMs));
    }
    isReading = false;
    if (closing) close(closing);
  };
  const asksAPerson = ([, name]: Call) => name === 'stuck' || name === 'findEntries';
  const next = () => waiting.person.shift() ?? waiting.list.shift();
  const close = ([number]: Call) => {
    database.close();
    send([[number, undefined]]);
    port?.unref();
  };

  port?.on('message', (calls: readonly Call[]) => {
    for (const call of calls) {
      if (call[1] === 'close') closing = call;
      else waiting[asksAPerson(call) ? 'person' : 'list'].push(call);
    }
    if (!isReading) void read();
  });
  send('open');
} catch (error) {
  send(failureOf(asLedgerError(error)));
}

/**
 * Lets the threads that accept and deliver go first where processors are short. On Linux a priority belongs
 * to a thread; elsewhere it is the whole process's, and stays as it is. At five steps this thread gets a
 * third of what another one gets that also never rests, so that lists go on beside a busy neighbour.
 */
function giveWay(): void {
  if (process.platform !== 'linux') return;
  try {
    setPriority(Math.min(getPriority() + steps, constants.priority.PRIORITY_LOW));
  } catch {
    // A system that does not let it is read on at the priority that it gives.
  }
}

/** Opens a ledger that a writer has open beside it, for reading only. */
function openReader(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { readOnly: true, timeout: busyMs });
  database.exec(`PRAGMA cache_size = -${cacheKibibytes}; PRAGMA temp_store = MEMORY`);
  return database;
}
