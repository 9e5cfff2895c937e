import {
  FiscalError,
  type FiscalMark,
  fiscalNumbersOf,
  formatAmount,
  parseAmount,
  vatTotals,
} from '@fiscalkit/schemas';
import { wireStatus } from '../entry/entry.js';
import {
  inReceiptSlices,
  type ReceiptReads,
  type SealMark,
  type StoredReceipt,
} from '../store/receipt-reads.js';
import { currencyOf, documentOf } from './daily-report.js';

/** A receipt of an export, without the buyer's data. */
export interface ExportedReceipt {
  readonly receipt_id: string;
  readonly payment_id: string;
  readonly operation_type: string;
  readonly receipt_format: string;
  readonly status: 'pending' | 'registered' | 'rejected';
  /** ISO 8601 in UTC. */
  readonly accepted_at: string;
  /** ISO 8601 on the register's clock; `null` until registered. */
  readonly registered_at: string | null;
  readonly provider: string;
  readonly account: string;
  readonly currency: 'RUB' | 'UZS';
  /** Decimal text with two decimals, as all amounts of an export. */
  readonly total: string;
  readonly fiscal_storage_number: string | null;
  readonly fiscal_document_number: string | null;
  readonly fiscal_attribute: string | null;
  readonly provider_document_id: string | null;
  readonly link: string | null;
  readonly vat: readonly { readonly vat_code: string; readonly turnover: string; readonly vat: string }[];
  readonly settlements: readonly { readonly type: string; readonly sum: string }[];
  /** None of a correction in FFD 1.05. */
  readonly positions: readonly ExportedPosition[];
}

/** Position of an exported receipt. */
export interface ExportedPosition {
  readonly name: string;
  readonly price: string;
  readonly quantity: number;
  readonly vat_code: string;
  readonly sum: string;
}

/** Receipts to export. */
export interface ExportRequest {
  readonly merchant: string;
  /** Acceptance of the first. */
  readonly from: Date;
  /** Exclusive. */
  readonly to: Date;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads the receipts that were accepted in a window, oldest first, in portions of bounded size. Throws a
 * `FiscalError` with code `export.window`, and as the store does.
 */
export async function* exportReceipts(
  reads: Pick<ReceiptReads, 'receiptsAccepted'>,
  { merchant, from, to, signal }: ExportRequest,
): AsyncGenerator<readonly ExportedReceipt[], void, undefined> {
  if (!(from.getTime() < to.getTime())) {
    const message = 'The window has a beginning and a later end, both times.';
    throw new FiscalError({ code: 'export.window', message, retryable: false });
  }
  const slices = inReceiptSlices(
    true,
    (slice) => reads.receiptsAccepted({ merchant, from, before: to, ...slice }),
    ({ acceptedAt }) => acceptedAt,
  );
  for await (const receipts of slices) {
    signal?.throwIfAborted();
    yield receipts.map(exportedReceipt);
  }
}

function exportedReceipt(stored: StoredReceipt): ExportedReceipt {
  const receipt = documentOf(stored);
  const { registration, acceptedAt, state } = stored;
  const mark = registration?.mark ?? null;
  return {
    receipt_id: stored.id,
    payment_id: stored.paymentId,
    operation_type: receipt.operation_type,
    receipt_format: receipt.receipt_format,
    status: wireStatus(state),
    accepted_at: acceptedAt.toISOString(),
    registered_at: mark?.registered_at ?? null,
    provider: stored.provider,
    account: stored.account,
    currency: currencyOf(receipt),
    total: formatAmount(parseAmount(receipt.total)),
    ...numbersOf(mark),
    provider_document_id: stored.providerDocumentId,
    link: registration?.link ?? null,
    vat: vatTotals(receipt).map(({ vat_code, turnover, vat }) => {
      return { vat_code, turnover: formatAmount(turnover), vat: formatAmount(vat) };
    }),
    settlements: receipt.settlements.map(({ type, sum }) => ({ type, sum: formatAmount(parseAmount(sum)) })),
    positions: ('positions' in receipt ? receipt.positions : []).map(
      ({ name, price, quantity, vat_code, sum }) => {
        const [priceText, sumText] = [price, sum].map((amount) => formatAmount(parseAmount(amount)));
        return { name, price: priceText ?? '', quantity, vat_code, sum: sumText ?? '' };
      },
    ),
  };
}

/** The numbers of a mark, in the order of an export; `null` without one. */
function numbersOf(mark: FiscalMark | null) {
  const { fiscal_storage_number, fiscal_document_number, fiscal_attribute } =
    mark === null ? noNumbers : fiscalNumbersOf(mark);
  return { fiscal_storage_number, fiscal_document_number, fiscal_attribute };
}

const noNumbers = { fiscal_storage_number: null, fiscal_document_number: null, fiscal_attribute: null };

/** Statement beside an export of what it holds, and of which ledger. */
export interface ExportManifest {
  readonly format: 'fiscalkit-export-1';
  readonly merchant: string;
  readonly from: string;
  readonly to: string;
  readonly created_at: string;
  readonly file: {
    readonly name: string;
    readonly type: 'csv' | 'jsonl';
    readonly bytes: number;
    readonly sha256: string;
  };
  readonly receipts: number;
  readonly registered: number;
  /** Sums of what is registered, by currency and operation: decimal texts. */
  readonly sums: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The ledger's newest seal when the export was complete; `verify --seal` finds it again. */
  readonly last_seal: SealMark | null;
}

/** Counts and sums of an export, as its receipts pass. */
export class ExportTotals {
  receipts = 0;
  registered = 0;
  readonly #sums = new Map<string, Map<string, bigint>>();

  add({ status, currency, operation_type, total }: ExportedReceipt): void {
    this.receipts += 1;
    if (status !== 'registered') return;
    this.registered += 1;
    const sums = this.#sums.get(currency) ?? new Map<string, bigint>();
    this.#sums.set(currency, sums);
    sums.set(operation_type, (sums.get(operation_type) ?? 0n) + BigInt(parseAmount(total)));
  }

  get sums(): ExportManifest['sums'] {
    const texts = ([type, minor]: readonly [string, bigint]) => [type, minorText(minor)];
    const ofCurrency = ([currency, sums]: readonly [string, Map<string, bigint>]) => [
      currency,
      Object.fromEntries([...sums].toSorted().map(texts)),
    ];
    return Object.fromEntries([...this.#sums].toSorted().map(ofCurrency));
  }
}

/** Writes a sum in minor units as a decimal text, however large: 123450n is `1234.50`. */
export function minorText(minor: bigint): string {
  const digits = String(minor).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
