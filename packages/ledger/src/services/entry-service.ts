import { FiscalError } from '@fiscalkit/schemas';
import type { Entry } from '../entry/entry.js';
import type { EntryFilter } from '../entry/entry-filter.js';
import { sha256Hex } from '../journal/digest.js';
import { longestTerm, searchTermOf } from '../store/search-term.js';
import type { LedgerContext } from './ledger-context.js';

/** What to search for among the entries of all merchants. */
export interface SearchEntries extends EntryFilter {
  /**
   * Id of the entry, payment, idempotency key, provider's id of the document, fiscal document number, fiscal sign
   * or attribute, link or QR code of the receipt, or total: whichever of these it is. Everything that the filters
   * let pass when absent.
   */
  readonly term?: string | undefined;
  /** Cursor of the page before; the first page when absent. */
  readonly cursor?: string | undefined;
  /** Most entries of a page, 1 to 1,000; 100 when absent. */
  readonly limit?: number | undefined;
}

/** A page of the entries that were found, the newest first. */
export interface EntryPage {
  /** May be fewer than asked for although more follow: a page is looked for in bounded time. */
  readonly entries: readonly Entry[];
  /** Cursor of the next page; `null` when nothing follows. */
  readonly cursor: string | null;
  /** Age of the oldest change that the search does not know yet, in milliseconds; 0 when it knows all. */
  readonly lagMs: number;
}

const mostEntries = 1_000;
const defaultLimit = 100;

/** Merchants under which an idempotency key is looked up where none is named. */
const mostMerchants = 1_000;

/** Search among the entries of all merchants. */
export class EntryService {
  readonly #context: LedgerContext;

  constructor(context: LedgerContext) {
    this.#context = context;
  }

  /**
   * Returns the entries that match, the newest first. What was just accepted is found at once by its id, payment and
   * key, and by everything else within seconds (`lagMs`). An entry that is accepted while pages are read is on
   * none of them, and each other one is on one page at most. Throws a `FiscalError` with code `search.term`,
   * `search.limit`, `search.time`, `search.cursor` for a cursor that is none or belongs to another search,
   * `lists.timeout` or `ledger.unavailable`.
   */
  async search(request: SearchEntries = {}): Promise<EntryPage> {
    const { term: given, cursor, limit = defaultLimit, ...filter } = request;
    if (!Number.isSafeInteger(limit) || limit < 1 || limit > mostEntries) throw limitFault();
    // Untyped callers pass null for none.
    const text = given ?? null;
    if (text !== null && !isTerm(text)) throw termFault();
    if (![filter.acceptedFrom, filter.acceptedBefore].every(isTime)) throw timeFault();
    const mark = markOf(text, filter);
    const before = (cursor ?? null) === null ? null : parseCursor(mark, cursor);
    const { entryIndex } = this.#context.store;
    const lagMs = await entryIndex.lagMs();
    // No text of an entry has this character, and not every store takes it.
    const isHopeless = Object.values(filter).some((each) => String(each).includes('\0'));
    if (isHopeless) return { entries: [], cursor: null, lagMs };
    const { entries, next } = await entryIndex.find({
      filter,
      term: text === null ? null : searchTermOf(text),
      merchants: this.#context.merchants.ids().slice(0, mostMerchants),
      before,
      limit,
    });
    return { entries, cursor: next === null ? null : printCursor(mark, next), lagMs };
  }
}

function isTerm(text: unknown): text is string {
  return typeof text === 'string' && text.trim() !== '' && text.length <= longestTerm;
}

function isTime(time: unknown): boolean {
  return (time ?? null) === null || (time instanceof Date && !Number.isNaN(time.getTime()));
}

/** Tells one search from another: a cursor goes on with its own. */
function markOf(text: string | null, filter: EntryFilter): string {
  const { states, merchant, provider, account, operation, operationType, reason } = filter;
  const names = [merchant, provider, account, operation, operationType, reason];
  const times = [filter.acceptedFrom, filter.acceptedBefore].map((time) => time?.getTime());
  return JSON.stringify([text, states && [...states].sort(), ...names, ...times]);
}

function printCursor(mark: string, before: number): string {
  const content = `1.${before}`;
  return Buffer.from(`${content}.${checkOf(mark, content)}`).toString('base64url');
}

/** Throws a `FiscalError` with code `search.cursor`. */
function parseCursor(mark: string, text: unknown): number {
  const read = typeof text === 'string' ? Buffer.from(text, 'base64url').toString('latin1') : '';
  const [, content = '', before, check] = /^(1\.(\d{1,16}))\.([\da-f]{16})$/.exec(read) ?? [];
  if (check === checkOf(mark, content)) return Number(before);
  throw new FiscalError({
    code: 'search.cursor',
    message: 'A cursor is taken from the page before of the same search, letter by letter.',
    retryable: false,
  });
}

function checkOf(mark: string, content: string): string {
  return sha256Hex(JSON.stringify([mark, content])).slice(0, 16);
}

function limitFault(): FiscalError {
  const message = `limit is a whole number between 1 and ${mostEntries}.`;
  return new FiscalError({ code: 'search.limit', message, retryable: false });
}

function termFault(): FiscalError {
  const message = `What is searched for is a text of 1 to ${longestTerm} characters, and not blank.`;
  return new FiscalError({ code: 'search.term', message, retryable: false });
}

function timeFault(): FiscalError {
  const message = 'acceptedFrom and acceptedBefore are times.';
  return new FiscalError({ code: 'search.time', message, retryable: false });
}
