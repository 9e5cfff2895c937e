import { FiscalError } from '@fiscalkit/schemas';
import type { EventLogLoop, FeedSettings } from '../delivery/event-log-loop.js';
import { sha256Hex } from '../journal/digest.js';
import type { EventLogPage, LoggedEvent } from '../store/event-log.js';
import { type FeedEvent, feedEventOf } from '../store/feed-event.js';
import type { LedgerContext } from './ledger-context.js';

/** What to read of a merchant's events. */
export interface FeedRequest {
  readonly merchant: string;
  /** Cursor of the last event that is known; from the first that is kept when absent. */
  readonly after?: string | undefined;
  /** Most events, 1 to 1000; 100 when absent. */
  readonly limit?: number | undefined;
  /** How long to wait where there is no event yet, in milliseconds; not at all when absent. */
  readonly waitMs?: number | undefined;
  /** Ends the wait: the page is then what there is. */
  readonly signal?: AbortSignal | undefined;
}

/** Where to begin to read a merchant's events. */
export interface FeedPlace {
  readonly merchant: string;
  /** From this time on; behind the last event when absent. */
  readonly time?: Date | undefined;
  /** Cursors that its reader must not pass over: the earliest is returned where it is before the time. */
  readonly notBehind?: readonly string[] | undefined;
}

/** An event with the cursor to read on behind it. */
export interface FeedItem extends FeedEvent {
  readonly cursor: string;
}

/** Events of a merchant, oldest first. */
export interface FeedPage {
  readonly events: readonly FeedItem[];
  /** Cursor to read on with, also where there is no event. */
  readonly cursor: string;
  /** Whether there are further events already. */
  readonly more: boolean;
}

const mostEvents = 1_000;
const defaultLimit = 100;

/** How long the iterator waits for an event before it reads again, in milliseconds. */
const followWaitMs = 30_000;

/** The events of merchants, for programs that read them in turn. */
export class EventFeed {
  readonly #context: LedgerContext;
  readonly #loop: EventLogLoop | null;
  readonly #settings: FeedSettings;

  /** Without a loop, the feed is off. */
  constructor(context: LedgerContext, loop: EventLogLoop | null, settings: FeedSettings) {
    this.#context = context;
    this.#loop = loop;
    this.#settings = settings;
  }

  /**
   * Returns the merchant's events behind a cursor. Every event comes once, and none is ever passed over, however
   * late its transaction was committed. Throws a `FiscalError` with code `events.cursor` for what is none or is
   * another merchant's, `events.gone` where events behind the cursor are no longer kept, or the ledger was put
   * back to a time before it, `events.limit`, `events.busy` when too many reads wait, `events.off`,
   * `merchant.unknown`, `lists.busy`, `lists.timeout` or `ledger.unavailable`.
   */
  async after(request: FeedRequest): Promise<FeedPage> {
    const { id: merchant } = this.#context.merchants.merchant(request.merchant);
    const { limit = defaultLimit, waitMs = 0, signal } = request;
    if (!Number.isSafeInteger(limit) || limit < 1 || limit > mostEvents) throw limitFault();
    // Untyped callers pass null for none, as a database returns it.
    const after = (request.after ?? null) === null ? null : parseCursor(merchant, request.after);
    if (this.#loop === null) throw feedIsOff();
    await this.#loop.start();
    const read = () => this.#read({ merchant, after, limit, signal });
    const page = await read();
    if (page.events.length > 0 || !(waitMs > 0) || signal?.aborted) return page;
    const { ofMerchant, all } = this.#loop.waits(merchant);
    if (ofMerchant >= this.#settings.waitsPerMerchant || all >= this.#settings.waits) throw tooManyWaits();
    await this.#loop.wait({
      merchant,
      position: parseCursor(merchant, page.cursor).position,
      milliseconds: waitMs,
      signal,
    });
    return signal?.aborted ? page : read();
  }

  /**
   * Returns the merchant's events behind a cursor, and then each new one as it happens, until the signal ends it
   * or the ledger stops. Each event has the cursor to go on with after it. Throws as `after`.
   */
  async *follow(request: Omit<FeedRequest, 'waitMs'>): AsyncGenerator<FeedItem, void, undefined> {
    let { after } = request;
    const isOver = () => request.signal?.aborted === true || this.#loop?.isStopped === true;
    while (!isOver()) {
      const page = await this.after({ ...request, after, waitMs: followWaitMs }).catch((error) => {
        // A read that the signal, or the end of the store, broke off.
        if (isOver()) return null;
        throw error;
      });
      for (const event of page?.events ?? []) {
        if (isOver()) return;
        yield event;
      }
      after = page?.cursor ?? after;
    }
  }

  /**
   * Returns the cursor to read on with from a time: the first event behind it is the first of that time or later
   * that is kept. Without a time, it is that of the last event. Throws `events.off`, `merchant.unknown`,
   * `events.cursor`, or as the store does.
   */
  async cursorAt(request: FeedPlace): Promise<string> {
    const { id: merchant } = this.#context.merchants.merchant(request.merchant);
    if (this.#loop === null) throw feedIsOff();
    await this.#loop.start();
    const { eventLog } = this.#context.store;
    const { time, notBehind = [] } = request;
    const page = await eventLog.read({ merchant, from: 0, limit: 1, ...(time && { since: time }) });
    const { generation, last, events } = page;
    const first = time && events[0];
    const begin: Cursor = { generation, position: first ? first.position - 1 : last, at: 0 };
    const earlier = notBehind
      .map((cursor) => parseCursor(merchant, cursor))
      // Its reader knows nothing of this generation yet.
      .map((cursor) => (cursor.generation === generation ? cursor : { generation, position: 0, at: 0 }))
      .filter(({ position }) => position < begin.position);
    return printCursor(
      merchant,
      earlier.reduce((least, cursor) => (cursor.position < least.position ? cursor : least), begin),
    );
  }

  async #read({ merchant, after, limit, signal }: FeedRead): Promise<FeedPage> {
    const giveBack = await this.#context.lists.take(merchant, signal);
    try {
      // The event at the cursor is read again, and one more than wanted.
      const from = after?.position ?? 0;
      const page = await this.#context.store.eventLog.read({ merchant, from, limit: limit + 2 });
      if (!page.isWritten) throw feedIsOff();
      return pageOf({ merchant, after, limit }, page);
    } finally {
      giveBack();
    }
  }
}

interface FeedRead {
  readonly merchant: string;
  readonly after: Cursor | null;
  readonly limit: number;
  readonly signal?: AbortSignal | undefined;
}

/** Throws a `FiscalError` with code `events.gone` where the page does not follow the cursor. */
function pageOf({ merchant, after, limit }: FeedRead, page: EventLogPage): FeedPage {
  const { generation, last } = page;
  const behind = after ? behindCursor(after, page) : page.events;
  const shown = behind.slice(0, limit);
  const cursorOf = ({ position, at }: Pick<LoggedEvent, 'position' | 'at'>) =>
    printCursor(merchant, { generation, position, at: at.getTime() });
  const newest = shown.at(-1);
  const nothingNew = after ?? { generation, position: last, at: 0 };
  return {
    events: shown.map((event) => ({ ...feedEventOf(event), cursor: cursorOf(event) })),
    cursor: newest ? cursorOf(newest) : printCursor(merchant, nothingNew),
    more: behind.length > shown.length,
  };
}

function behindCursor(after: Cursor, { generation, last, events }: EventLogPage): readonly LoggedEvent[] {
  const [first, ...others] = events;
  if (after.generation !== generation || after.position > last) throw eventsGone();
  if (first?.position === after.position) {
    // Another event at the same position: the ledger was put back, and has gone another way.
    if (after.at !== 0 && first.at.getTime() !== after.at) throw eventsGone();
    return others;
  }
  const isNext = first ? first.position === after.position + 1 : after.position === last;
  if (!isNext) throw eventsGone();
  return events;
}

/** Where a reader is: behind the event at a position, which happened at a time; 0 where that is not known. */
interface Cursor {
  readonly generation: number;
  readonly position: number;
  readonly at: number;
}

/** A cursor's form, which is nobody's business: it changes with releases, which take those of earlier ones. */
function printCursor(merchant: string, { generation, position, at }: Cursor): string {
  const content = `1.${generation}.${position}.${at}`;
  return Buffer.from(`${content}.${cursorMark(merchant, content)}`).toString('base64url');
}

/** Throws a `FiscalError` with code `events.cursor`. */
function parseCursor(merchant: string, text: unknown): Cursor {
  const read = typeof text === 'string' ? Buffer.from(text, 'base64url').toString('latin1') : '';
  const [, content = '', generation, position, at, mark] =
    /^(1\.(\d{1,9})\.(\d{1,15})\.(\d{1,15}))\.([\da-f]{16})$/.exec(read) ?? [];
  if (mark === cursorMark(merchant, content)) {
    return { generation: Number(generation), position: Number(position), at: Number(at) };
  }
  throw new FiscalError({
    code: 'events.cursor',
    message: "A cursor is taken from an earlier answer of the same merchant's events, letter by letter.",
    retryable: false,
  });
}

/** Tells a cursor of another merchant, or one that was cut off, from the merchant's own. */
function cursorMark(merchant: string, content: string): string {
  return sha256Hex(JSON.stringify([merchant, content])).slice(0, 16);
}

function eventsGone(): FiscalError {
  return new FiscalError({
    code: 'events.gone',
    message:
      'Events behind this cursor are no longer kept, or the ledger was put back. Read without a cursor from the first event that is kept, and look up by the list of receipts what happened before.',
    retryable: false,
  });
}

function limitFault(): FiscalError {
  return new FiscalError({
    code: 'events.limit',
    message: `limit is a whole number of events between 1 and ${mostEvents}.`,
    retryable: false,
  });
}

function feedIsOff(): FiscalError {
  return new FiscalError({
    code: 'events.off',
    message: 'The feed of events is switched off here, or was by another process of this ledger.',
    retryable: false,
  });
}

function tooManyWaits(): FiscalError {
  return new FiscalError({
    code: 'events.busy',
    message: 'Too many reads of events wait at the same time: one that waits is enough for a reader.',
    retryable: true,
  });
}
