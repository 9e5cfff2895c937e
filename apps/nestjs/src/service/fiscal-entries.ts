import type { EntryPage, SearchEntries } from '@fiscalkit/ledger';
import type { RequestContext } from './request-context.js';

/** Search among the entries of all merchants, so keep it from theirs. */
export class FiscalEntries {
  readonly #context: RequestContext;

  constructor(context: RequestContext) {
    this.#context = context;
  }

  /**
   * Returns the entries that match, the newest first, by id, payment, key, provider's id, fiscal number or sign, link
   * or total, and by filters: see `SearchEntries`. An entry holds the buyer's data: never show one whole. Throws a
   * `FiscalError` with code `search.term`, `search.limit`, `search.time`, `search.cursor`, `lists.timeout` or
   * `ledger.unavailable`.
   */
  async search(request?: SearchEntries): Promise<EntryPage> {
    return this.#context.ledger.entries.search(request);
  }
}
