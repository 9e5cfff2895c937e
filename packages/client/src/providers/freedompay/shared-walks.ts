import type { ApiCall } from '../../transport/transport.js';
import { reasonOf } from '../../verdicts/reason.js';
import type { DayWindow, RowWalk } from './list-rows.js';
import type { WalkEnd } from './walk-list.js';

/** How long a walk that is under way keeps the next one waiting at most, in milliseconds. */
const longestWaitMs = 1_000;

/** Begins a walk through everybody's receipts of some days. */
type StartWalk = (window: DayWindow, call: ApiCall) => RowWalk;

/**
 * Walks through everybody's receipts, shared by the searches that ask for them at about the same time, so that many searches cost
 * as much as a few. A search is only given a walk that begins after it asked: what a walk has read before may since have arrived.
 */
export class SharedWalks {
  readonly #start: StartWalk;
  /** The newest walk of each window: it is under way, or waits for the one before it. */
  readonly #newest = new Map<string, SharedWalk>();

  constructor(start: StartWalk) {
    this.#start = start;
  }

  async *read(window: DayWindow, { requestId, signal }: ApiCall): RowWalk {
    const walk = this.#join(window, requestId);
    try {
      if ((await unlessAborted(walk.begun, signal)) === 'aborted') return abortedWalk;
      for (let page = 0; ; page++) {
        const isFirstToAsk = !walk.isAskedFor(page);
        const step = await unlessAborted(walk.page(page), signal);
        if (step === 'aborted') return abortedWalk;
        if (step.done) return isFirstToAsk ? step.value : withoutOutage(step.value);
        yield step.value;
      }
    } finally {
      walk.leave();
    }
  }

  #join(window: DayWindow, requestId: string): SharedWalk {
    const key = Object.values(window).join();
    const before = this.#newest.get(key);
    if (before?.hasBegun === false) {
      before.enter();
      return before;
    }
    const walk = new SharedWalk((signal) => this.#start(window, { requestId, signal }));
    this.#newest.set(key, walk);
    void walk.over.then(() => {
      if (this.#newest.get(key) === walk) this.#newest.delete(key);
    });
    walk.enter();
    walk.beginAfter(before);
    return walk;
  }
}

/** A walk and the searches that read it. A page is asked for by the first that needs it; when all have left, the walk is over. */
class SharedWalk {
  readonly #walk: RowWalk;
  readonly #ending = new AbortController();
  readonly #begun = Promise.withResolvers<void>();
  readonly #over = Promise.withResolvers<void>();
  readonly #pages: ReturnType<RowWalk['next']>[] = [];
  #hasBegun = false;
  #readers = 0;

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

  enter(): void {
    this.#readers += 1;
  }

  leave(): void {
    this.#readers -= 1;
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

  isAskedFor(page: number): boolean {
    return page < this.#pages.length;
  }

  page(page: number): ReturnType<RowWalk['next']> {
    const asked = this.#pages[page] ?? this.#walk.next();
    this.#pages[page] = asked;
    return asked;
  }

  #begin(): void {
    if (this.#hasBegun) return;
    this.#hasBegun = true;
    this.#begun.resolve();
    this.#endIfLeft();
  }

  #endIfLeft(): void {
    if (this.#readers > 0) return;
    this.#ending.abort();
    this.#over.resolve();
  }
}

const abortedWalk: WalkEnd = { kind: 'broken', reason: reasonOf('provider.aborted') };

/** One request that fails is one sign of an outage, however many searches waited for it. */
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
