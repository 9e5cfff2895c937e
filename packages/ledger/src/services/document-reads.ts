import { FiscalError } from '@fiscalkit/schemas';
import type { ListedEntry } from '../entry/entry.js';
import type { EntryQuery } from '../store/ledger-store.js';
import { awaitFinal, withSuccessor } from './accept-entry.js';
import type { LedgerContext } from './ledger-context.js';
import { offsetOf } from './merchants.js';
import { type DocumentList, entryQueryOf } from './receipt-entry-query.js';

/** A document to read. */
export interface ReadDocument {
  readonly merchant: string;
  readonly id: string;
  /** Zone of `created_at`, in hours from UTC; the merchant's when absent. */
  readonly utcOffsetHours?: number | undefined;
}

/** A document whose final state is waited for. */
export interface AwaitDocument {
  readonly merchant: string;
  readonly id: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** List to read when it is the merchant's turn. */
interface ListInTurn extends Omit<DocumentList, 'operation'> {
  /** Id of the document that the list goes on behind: the last of the page before. */
  readonly cursor?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Operation of documents, and how their entries are shown. */
interface DocumentKind<Shown> {
  readonly operation: string;
  readonly objectOf: (entry: ListedEntry, utcOffsetHours: number) => Shown;
}

/** Reads documents of one operation, as the receipts API shows them. */
export class DocumentReads<Shown> {
  readonly #context: LedgerContext;
  readonly #kind: DocumentKind<Shown>;

  constructor(context: LedgerContext, kind: DocumentKind<Shown>) {
    this.#context = context;
    this.#kind = kind;
  }

  /** Returns the merchant's document of that id; `null` when there is none. */
  async get({ merchant: merchantId, id, utcOffsetHours }: ReadDocument): Promise<Shown | null> {
    const { merchants, store } = this.#context;
    const merchant = merchants.merchant(merchantId);
    const entry = await store.get(merchant.id, id);
    if (entry?.operation !== this.#kind.operation) return null;
    return this.#kind.objectOf(await withSuccessor(store, entry), utcOffsetHours ?? offsetOf(merchant));
  }

  /** Returns the document when it is final, or as it is when the time is over; `null` when there is none. */
  async waitFor({ merchant: merchantId, id, timeoutMs, signal }: AwaitDocument): Promise<Shown | null> {
    const { merchants, store } = this.#context;
    const merchant = merchants.merchant(merchantId);
    const entry = await store.get(merchant.id, id);
    if (entry?.operation !== this.#kind.operation) return null;
    const latest = await awaitFinal(this.#context, entry, { waitMs: timeoutMs, signal });
    return this.#kind.objectOf(await withSuccessor(store, latest), offsetOf(merchant));
  }

  /** Returns the merchant's documents that match, newest first. */
  async list(list: ListInTurn): Promise<Shown[]> {
    const documents: Shown[] = [];
    for await (const portion of this.listInPortions(list)) documents.push(...portion);
    return documents;
  }

  /** Lists in portions of bounded size, each read on demand. */
  async *listInPortions(list: ListInTurn): AsyncGenerator<readonly Shown[], void, undefined> {
    const { store } = this.#context;
    const { objectOf } = this.#kind;
    yield* this.#inTurn(list, async function* (query, utcOffsetHours) {
      for await (const portion of store.listInPortions(query)) {
        yield portion.map((entry) => objectOf(entry, utcOffsetHours));
      }
    });
  }

  /** Lists in the JSON of a receipts API, serialised where it is read. */
  async *serializeInPortions(list: ListInTurn): AsyncGenerator<Uint8Array, void, undefined> {
    const { store } = this.#context;
    yield* this.#inTurn(list, (query, utcOffsetHours) => store.serializeInPortions(query, utcOffsetHours));
  }

  /** Reads a list when it is the merchant's turn, with the zone of its times. */
  async *#inTurn<Portion>(
    { merchant: merchantId, query, cursor, signal }: ListInTurn,
    read: (query: EntryQuery, utcOffsetHours: number) => AsyncIterable<Portion>,
  ): AsyncGenerator<Portion, void, undefined> {
    const { merchants, lists } = this.#context;
    const { operation } = this.#kind;
    const merchant = merchants.merchant(merchantId);
    const utcOffsetHours = query.utc ?? offsetOf(merchant);
    const giveBack = await lists.take(merchant.id, signal);
    try {
      const all = entryQueryOf({ merchant: merchantId, operation, query }, utcOffsetHours);
      const behind = await this.#placeOf(merchant.id, cursor);
      const entryQuery = behind ? { ...all, behind } : all;
      for await (const portion of read(entryQuery, utcOffsetHours)) {
        signal?.throwIfAborted();
        yield portion;
      }
    } finally {
      giveBack();
    }
  }

  /** Throws a `FiscalError` with code `query.cursor` unless the merchant has such a document. */
  async #placeOf(merchant: string, cursor: string | undefined) {
    // Untyped callers pass null for none.
    if ((cursor ?? null) === null) return null;
    const entry = typeof cursor === 'string' ? await this.#context.store.get(merchant, cursor) : null;
    if (entry?.operation !== this.#kind.operation) throw cursorUnknown();
    return { acceptedAt: entry.acceptedAt.getTime(), sequence: entry.sequence };
  }
}

function cursorUnknown(): FiscalError {
  return new FiscalError({
    code: 'query.cursor',
    message: 'A cursor is the id of the last document of the page before.',
    retryable: false,
  });
}
