/** What is wrong, or doubtful, in one place of a document. Never carries a buyer's e-mail, phone or tax id. */
export interface Fault {
  /** Permanent code from the catalogue, for example `receipt.total.mismatch`. */
  readonly code: string;
  /** JSON path (`$.positions[0].price`, `$` for the document), or the name of a query parameter. */
  readonly path: string;
  readonly message: string;
  /** A `warning` does not stop the document. */
  readonly severity: 'fault' | 'warning';
}
