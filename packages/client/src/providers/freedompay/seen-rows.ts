import { type IdReadings, isAffixed, readId, relateReadings } from './fold-id.js';
import type { ListedRow, RowContent } from './read-receipt.js';

/** Row, and whether its list was filtered by the payment. */
export interface SeenRow {
  readonly content: RowContent;
  readonly isFiltered: boolean;
}

/** Rows of a search: each that may be of its payment, once, and a summary of the others. */
export class SeenRows {
  readonly #paymentId: string;
  readonly #ours: IdReadings;
  readonly #keys = new Set<string>();
  readonly #rows: SeenRow[] = [];
  #filterWorks = true;

  constructor(paymentId: string) {
    this.#paymentId = paymentId;
    this.#ours = readId(paymentId);
  }

  get rows(): readonly SeenRow[] {
    return this.#rows;
  }

  /** Whether the filter left out receipts of other payments: one that is ignored shows ids of all kinds. */
  get filterWorks(): boolean {
    return this.#filterWorks;
  }

  hasKey(key: string): boolean {
    return this.#keys.has(key);
  }

  add(row: ListedRow, isFiltered: boolean): void {
    if (this.#keys.has(row.key)) return;
    this.#keys.add(row.key);
    if (this.#mayBeOurs(row, isFiltered)) this.#rows.push({ content: row.content, isFiltered });
    else if (isFiltered) this.#filterWorks = false;
  }

  #mayBeOurs({ paymentId, shownId }: ListedRow, isFiltered: boolean): boolean {
    if (paymentId === null || shownId === null) return true;
    if (relateReadings(this.#ours, shownId) !== 'other') return true;
    return isFiltered && isAffixed(this.#paymentId, paymentId);
  }
}
