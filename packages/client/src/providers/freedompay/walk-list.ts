import type { Reason } from '../../contract/verdict.js';
import type { Outcome } from '../../transport/outcome.js';
import { reasonOf } from '../../verdicts/reason.js';
import { verdictOfSilence } from '../../verdicts/verdict-of-silence.js';
import { verdictOfStatus } from '../../verdicts/verdict-of-status.js';

/** Rows of a page. */
export const pageSize = 100;
/** Enough for 25,000 receipts: a search may have to pass all that a busy account made since. */
const mostPages = 250;
/** Requests of a page after the first: a long walk hardly ever ends on a line that loses one in ten. */
const mostAsks = 3;
/** Least number of rows that a provider returns when there are more. */
const leastPage = 10;

/** End of a walk: every row was seen, or not. */
export type WalkEnd =
  | { readonly kind: 'complete' }
  | {
      readonly kind: 'broken';
      readonly reason: Reason;
      readonly retryAfterMs?: number;
      /** Set if the list has more pages than are read. */
      readonly isTooLong?: true;
    };

/** How a list is requested and parsed. */
export interface Walk<Row> {
  readonly ask: (offset: number) => Promise<Outcome>;
  /** Parses a page; returns `null` for anything else. */
  readonly read: (body: Uint8Array) => readonly Row[] | null;
  /** Returns the key by which a row is recognised. */
  readonly keyOf: (row: Row) => string;
  readonly now: () => Date;
}

/**
 * Walks a list page by page, and yields each row once, those of a page together. The provider documents
 * neither its largest limit nor an end mark, and rows move down while new ones arrive: so every page begins
 * at the last row seen before, which proves that nothing was skipped, and the walk is complete when that row
 * is also the last. A list that begins anew at every offset proves nothing, unless it is too short to be cut.
 */
export async function* walkList<Row>({
  ask,
  read,
  keyOf,
  now,
}: Walk<Row>): AsyncGenerator<readonly Row[], WalkEnd> {
  const seen = new Set<string>();
  let first: string | undefined;
  let lastSeen: string | undefined;
  let firstPage = 0;
  let longest = 0;
  for (let page = 0; page < mostPages; page++) {
    const asking = { offset: Math.max(seen.size - 1, 0), most: page === 0 ? 1 : mostAsks };
    const { outcome, rows } = await readPage({ ask, read }, asking);
    if (rows === null) {
      return brokenBy(outcome, now());
    }
    const keys = rows.map(keyOf);
    const beginsAnew = first !== undefined && keys.includes(first) && seen.size >= leastPage;
    if (lastSeen !== undefined && (beginsAnew || !keys.includes(lastSeen))) {
      return unreadable;
    }
    yield rows.filter((row) => !seen.has(keyOf(row)));
    for (const key of keys) {
      seen.add(key);
    }
    first ??= keys[0];
    if (page === 0) firstPage = seen.size;
    const lastOfPage = keys.at(-1);
    if (lastOfPage === lastSeen) {
      // A last page is short: a long one that ends where the one before did was repeated by a capped offset.
      const isGivenAgain = seen.size > keys.length && keys.length >= Math.max(longest, leastPage);
      if (isGivenAgain) return unreadable;
      return seen.size > firstPage ? yield* walkTop({ ask, read, keyOf, now }, seen) : { kind: 'complete' };
    }
    longest = Math.max(longest, keys.length);
    lastSeen = lastOfPage;
  }
  return { kind: 'broken', reason: reasonOf('provider.too-large', { outage: false }), isTooLong: true };
}

/** Reads the top again, down to the rows seen: what changed during the walk may have moved there. */
async function* walkTop<Row>(
  { ask, read, keyOf, now }: Walk<Row>,
  seen: Set<string>,
): AsyncGenerator<readonly Row[], WalkEnd> {
  let offset = 0;
  for (let page = 0; page < mostPages; page++) {
    const { outcome, rows } = await readPage({ ask, read }, { offset, most: mostAsks });
    if (rows === null) return brokenBy(outcome, now());
    const unseen = rows.filter((row) => !seen.has(keyOf(row)));
    yield unseen;
    for (const row of unseen) seen.add(keyOf(row));
    const last = rows.at(-1);
    if (last === undefined || unseen.at(-1) !== last) return { kind: 'complete' };
    offset += rows.length;
  }
  return unreadable;
}

const unreadable: WalkEnd = { kind: 'broken', reason: reasonOf('provider.unreadable') };

/** Reads one page, with a bounded number of requests; its rows are `null` if it is none. */
async function readPage<Row>(
  { ask, read }: Pick<Walk<Row>, 'ask' | 'read'>,
  { offset, most }: { readonly offset: number; readonly most: number },
): Promise<{ readonly outcome: Outcome; readonly rows: readonly Row[] | null }> {
  for (let asks = 1; ; asks++) {
    const outcome = await ask(offset);
    const rows = outcome.kind === 'answered' && outcome.status === 200 ? read(outcome.body) : null;
    if (rows !== null || asks >= most || !isWorthAsking(outcome)) return { outcome, rows };
  }
}

/**
 * Failures that no repeat helps: a page that hung has taken the time of a whole attempt, and a search that is
 * cut off would be a sign of an outage of its own.
 */
const hopeless: ReadonlySet<string> = new Set(['provider.aborted', 'provider.timeout']);

/** Whether a repeat may be answered a moment later: nobody has ended the search, or refused it. */
function isWorthAsking(outcome: Outcome): boolean {
  if (outcome.kind !== 'answered') return !hopeless.has(outcome.code);
  return outcome.status === 200 || (outcome.status >= 500 && outcome.status !== 503);
}

function brokenBy(outcome: Outcome, now: Date): WalkEnd {
  if (outcome.kind !== 'answered') {
    return { kind: 'broken', reason: verdictOfSilence(outcome).reason };
  }
  if (outcome.status === 200) {
    return { kind: 'broken', reason: reasonOf('provider.unreadable', { httpStatus: 200 }) };
  }
  const { reason, ...advice } = verdictOfStatus(outcome, now);
  return 'retryAfterMs' in advice
    ? { kind: 'broken', reason, retryAfterMs: advice.retryAfterMs }
    : { kind: 'broken', reason };
}
