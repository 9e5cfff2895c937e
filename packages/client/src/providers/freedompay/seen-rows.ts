import { foldShownId, isAffixed, relateFolded } from './fold-id.js';
import type { ListedRow, RowContent } from './read-receipt.js';

/** A row, and whether the list that it stands in was narrowed down to the payment. */
export interface SeenRow {
  readonly content: RowContent;
  readonly isFiltered: boolean;
}

/** What a search has seen: each row that may be of its payment, once, and as much of the others as counts. */
export class SeenRows {
  readonly #paymentId: string;
  readonly #foldedPaymentId: string;
  readonly #keys = new Set<string>();
  readonly #rows: SeenRow[] = [];
  #filterWorks = true;

  constructor(paymentId: string) {
    this.#paymentId = paymentId;
    // As ids that are shown are folded: ours may look like a number with an exponent, too.
    this.#foldedPaymentId = foldShownId(paymentId);
  }

  get rows(): readonly SeenRow[] {
    return this.#rows;
  }

  /** Whether the filter kept out what is surely of another payment: one that is ignored shows ids of all kinds. */
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

  #mayBeOurs({ paymentId, foldedPaymentId }: ListedRow, isFiltered: boolean): boolean {
    if (paymentId === null || foldedPaymentId === null) return true;
    if (relateFolded(this.#foldedPaymentId, foldedPaymentId) !== 'other') return true;
    return isFiltered && isAffixed(this.#paymentId, paymentId);
  }
}
