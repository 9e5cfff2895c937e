/** Fault or doubt in one place of a document. Never carries a buyer's e-mail, phone or tax id. */
export interface Fault {
  /** Permanent code from the catalogue, for example `receipt.total.mismatch`. */
  readonly code: string;
  /** JSON path (`$.positions[0].price`, `$` for the document), or the name of a query parameter. */
  readonly path: string;
  readonly message: string;
  /** A `warning` does not stop the document. */
  readonly severity: 'fault' | 'warning';
}

/** Groups the messages of faults by path, as error bodies carry them: `{ "$.total": ["…"] }`. */
export function errorsByPath(faults: readonly Fault[]): Record<string, string[]> {
  const grouped = new Map<string, string[]>();
  for (const { path, message } of faults) {
    const messages = grouped.get(path);
    if (messages) messages.push(message);
    else grouped.set(path, [message]);
  }
  return Object.fromEntries(grouped);
}

/** Most faults reported of a document: one of a megabyte can break rules a hundred thousand times. */
export const maximumFaults = 1_000;
