import type { Country } from '@fiscalkit/schemas';
import type { Counted } from './comparison-rules.js';
import type { FindingKind, ReconciliationFinding } from './finding.js';
import type { PaymentFault } from './payment-record.js';

/** What is compared, and how. */
export interface ReconcileOptions {
  readonly from: Date;
  /** Exclusive. */
  readonly to: Date;
  /** Country of the merchant; that of its receipts in the window when absent. */
  readonly country?: Country | undefined;
  /**
   * Time near the bounds in which a receipt's payment, or a payment's receipt, may be on the other side; 15
   * minutes when absent. Where the payments reach that far beyond a bound, they are compared up to it.
   */
  readonly edgeMs?: number | undefined;
  /** Age of a payment up to which its receipt itself may be made; 24 hours when absent. */
  readonly inTimeMs?: number | undefined;
  /** Findings and faults that the report holds; 10,000 when absent. All are counted, and told to `onFinding`. */
  readonly mostFindings?: number | undefined;
  /** Called with each finding, in no order; the comparison waits for it. */
  readonly onFinding?: ((finding: ReconciliationFinding) => unknown) | undefined;
  readonly onProgress?: ((progress: ReconciliationProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** How far a comparison is. */
export interface ReconciliationProgress {
  readonly stage: 'payments' | 'receipts' | 'provider' | 'comparison';
  readonly done: number;
  /** Of how many, where it is known. */
  readonly of?: number;
}

/** Result of a comparison. */
export interface ReconciliationReport extends Readonly<Omit<Counted, 'outsideWindow'>> {
  readonly merchant: string;
  readonly from: Date;
  readonly to: Date;
  readonly country: Country | null;
  /** What the result has to be read with: permanent codes. */
  readonly notes: readonly ReconciliationNote[];
  readonly paymentsRead: number;
  /** Payments whose time is outside the window. */
  readonly paymentsOutside: number;
  /** Receipts that were accepted in the window. */
  readonly receiptsRead: number;
  readonly providers: readonly ListedProvider[];
  readonly counts: Readonly<Record<FindingKind, number>>;
  readonly findings: readonly ReconciliationFinding[];
  readonly moreFindings: number;
  readonly faults: readonly PaymentFault[];
  readonly moreFaults: number;
}

/** Something that the result has to be read with. */
export interface ReconciliationNote {
  readonly code:
    | 'reconciliation.window-open'
    | 'reconciliation.country-unknown'
    | 'reconciliation.provider-incomplete'
    | 'reconciliation.not-compared'
    | 'reconciliation.no-receipts';
  readonly message: string;
}

/** What a provider was asked, and how far it told. */
export interface ListedProvider {
  readonly name: string;
  readonly documents: number;
  /** Whether the whole window was listed. */
  readonly complete: boolean;
  /** Code of the error that ended the list; `provider.unsupported` for one that can't be listed. */
  readonly code?: string;
}

/** What the notes on a result depend on. */
interface NoteFacts {
  readonly now: number;
  readonly to: Date;
  readonly country: Country | null;
  readonly listed: readonly ListedProvider[];
  readonly notCompared: number;
  readonly paymentsRead: number;
  readonly receiptsRead: number;
}

/** Returns what limits a result. */
export function notesOf({
  now,
  to,
  country,
  listed,
  notCompared,
  paymentsRead,
  receiptsRead,
}: NoteFacts): ReconciliationNote[] {
  const notes: ReconciliationNote[] = [];
  if (to.getTime() > now) {
    const message = 'The window has not ended: payments and receipts may still come.';
    notes.push({ code: 'reconciliation.window-open', message });
  }
  if (country === null) {
    const message = "The merchant's country is not known: what is late is left to a person.";
    notes.push({ code: 'reconciliation.country-unknown', message });
  }
  for (const { name, code } of listed.filter(({ complete }) => !complete)) {
    const message = `The list of ${name} was not read to its end (${code}): what it did not show was not compared.`;
    notes.push({ code: 'reconciliation.provider-incomplete', message });
  }
  if (notCompared > 0) {
    const message = `${notCompared} receipts were not compared: the payments have none of their kind, or they name no payment.`;
    notes.push({ code: 'reconciliation.not-compared', message });
  }
  if (paymentsRead > 0 && receiptsRead === 0) {
    const message = 'The ledger has no receipts of this merchant in the window: is it the right merchant?';
    notes.push({ code: 'reconciliation.no-receipts', message });
  }
  return notes;
}
