import type { ApiCall } from '../../transport/transport.js';
import { reasonOf } from '../../verdicts/reason.js';
import type { DayWindow, RowWalk } from './list-rows.js';
import type { WalkEnd } from './walk-list.js';

/** Maximum time that a walk under way delays the next one, in milliseconds. */
const longestWaitMs = 1_000;

/** Begins a walk through everybody's receipts of some days. */
type StartWalk = (window: DayWindow, call: ApiCall) => RowWalk;

/**
 * Walks through everybody's receipts, shared by concurrent searches, which then cost as much as a few. A
 * search only gets a walk that begins after it asked: what was read before may since have arrived.
 */
export class SharedWalks {
  readonly #start: StartWalk;
  /** Newest walk of each window: under way, or waiting for the one before it. */
  readonly #newest = new Map<string, SharedWalk>();

  constructor(start: StartWalk) {
    this.#start = start;
  }

  async *read(window: DayWindow, { requestId, signal }: ApiCall): RowWalk {
    const reader = { page: 0 };
    const walk = this.#join(window, requestId, reader);
    try {
      if ((await unlessAborted(walk.begun, signal)) === 'aborted') return abortedWalk;
      for (let page = 0; ; page++) {
        const isFirstToAsk = !walk.isRequested(page);
        const step = await unlessAborted(walk.page(page, reader), signal);
        if (step === 'aborted') return abortedWalk;
        if (step.done) return isFirstToAsk ? step.value : withoutOutage(step.value);
        yield step.value;
      }
    } finally {
      walk.leave(reader);
    }
  }

  #join(window: DayWindow, requestId: string, reader: Reader): SharedWalk {
    const key = Object.values(window).join();
    const before = this.#newest.get(key);
    if (before?.hasBegun === false) {
      before.enter(reader);
      return before;
    }
    const walk = new SharedWalk((signal) => this.#start(window, { requestId, signal }));
    this.#newest.set(key, walk);
    void walk.over.then(() => {
      if (this.#newest.get(key) === walk) this.#newest.delete(key);
    });
    walk.enter(reader);
    walk.beginAfter(before);
    return walk;
  }
}

/** Search on its way through a walk. */
interface Reader {
  /** Number of the page that it reads. */
  page: number;
}

/**
 * Walk and the searches that read it. The first that needs a page requests it, and it is kept until the last
 * has read it; when all have left, the walk ends.
 */
class SharedWalk {
  readonly #walk: RowWalk;
  readonly #ending = new AbortController();
  readonly #begun = Promise.withResolvers<void>();
  readonly #over = Promise.withResolvers<void>();
  readonly #pages = new Map<number, ReturnType<RowWalk['next']>>();
  readonly #readers = new Set<Reader>();
  #hasBegun = false;

  constructor(start: (signal: AbortSignal) => RowWalk) {
    this.#walk = start(this.#ending.signal);
  }

  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  get begun(): Promise<void> {
    return this.#begun.promise;
  }

  get over(): Promise<void> {
    return this.#over.promise;
  }

  enter(reader: Reader): void {
    this.#readers.add(reader);
  }

  leave(reader: Reader): void {
    this.#readers.delete(reader);
    this.#forgetRead();
    if (this.#hasBegun) this.#endIfLeft();
  }

  beginAfter(before: SharedWalk | undefined): void {
    const begin = () => this.#begin();
    if (!before) {
      begin();
      return;
    }
    const timer = setTimeout(begin, longestWaitMs);
    void before.over.then(begin);
    void this.begun.then(() => clearTimeout(timer));
  }

  isRequested(page: number): boolean {
    return this.#pages.has(page);
  }

  /** Returns the page that a reader comes to. */
  page(page: number, reader: Reader): ReturnType<RowWalk['next']> {
    reader.page = page;
    this.#forgetRead();
    const requested = this.#pages.get(page) ?? this.#walk.next();
    this.#pages.set(page, requested);
    return requested;
  }

  /** Releases the pages that all have read: a list may be long, and nobody who has yet to begin can join. */
  #forgetRead(): void {
    const first = Math.min(...Array.from(this.#readers, ({ page }) => page));
    for (const page of this.#pages.keys()) {
      if (page >= first) return;
      this.#pages.delete(page);
    }
  }

  #begin(): void {
    if (this.#hasBegun) return;
    this.#hasBegun = true;
    this.#begun.resolve();
    this.#endIfLeft();
  }

  #endIfLeft(): void {
    if (this.#readers.size > 0) return;
    this.#ending.abort();
    this.#over.resolve();
  }
}

const abortedWalk: WalkEnd = { kind: 'broken', reason: reasonOf('provider.aborted') };

/** Removes the outage from an end: one failed request is one sign, however many searches waited for it. */
function withoutOutage(end: WalkEnd): WalkEnd {
  if (end.kind === 'complete') return end;
  const { outage: _told, ...reason } = end.reason;
  return { ...end, reason };
}

async function unlessAborted<Value>(
  value: Promise<Value>,
  signal: AbortSignal | undefined,
): Promise<Value | 'aborted'> {
  if (!signal) return value;
  const aborted = Promise.withResolvers<'aborted'>();
  const abort = () => aborted.resolve('aborted');
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([aborted.promise, value]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
