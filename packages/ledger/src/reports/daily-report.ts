import {
  type Correction,
  countedSettlements,
  countryOf,
  FiscalError,
  formatOffsetTime,
  parseAmount,
  type Receipt,
  registerOffsetHours,
  vatTotals,
} from '@fiscalkit/schemas';
import { receiptDocument } from '../entry/receipt-origin.js';
import {
  inReceiptSlices,
  lateAfterMs,
  type ReceiptReads,
  type StoredReceipt,
} from '../store/receipt-reads.js';

/** Counts and sums of one day on the register's clock. Sums are in minor units. */
export interface DailyReport {
  readonly merchant: string;
  /** `2026-05-04`. */
  readonly date: string;
  /** Whether the day has ended on every register's clock; before that, receipts may still come. */
  readonly ended: boolean;
  readonly receipts: number;
  /** By provider, account, currency and operation, in this order. */
  readonly rows: readonly DailyReportRow[];
}

/** Receipts of one operation that one account has registered. */
export interface DailyReportRow {
  readonly provider: string;
  readonly account: string;
  readonly currency: 'RUB' | 'UZS';
  readonly operationType: string;
  readonly receipts: number;
  readonly totalMinor: bigint;
  /** By VAT rate; the tax is that of each receipt, summed. */
  readonly vat: readonly VatSum[];
  /** By kind of settlement. */
  readonly settlements: readonly SettlementSum[];
}

export interface VatSum {
  readonly vatCode: string;
  readonly receipts: number;
  readonly turnoverMinor: bigint;
  readonly vatMinor: bigint;
}

export interface SettlementSum {
  readonly type: string;
  readonly receipts: number;
  readonly sumMinor: bigint;
}

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** How far a register's clock may be off ours. */
const skewMs = dayMs;

/** Zones of registers, in hours ahead of UTC: the day begins in the first and ends in the last. */
const zones = { first: registerOffsetHours('uz_1_0'), last: registerOffsetHours('ru_1_05') };

/** What a report is made from. */
export interface DailyReportRequest {
  readonly merchant: string;
  /** `2026-05-04`, on the register's clock. */
  readonly date: string;
  readonly now: Date;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Counts the receipts that were registered on a day, by the register's own clock, whenever they were accepted.
 * Throws a `FiscalError` with code `report.date` for a date that the calendar does not have or that is yet to
 * come, and as the store does.
 */
export async function dailyReport(
  reads: Pick<ReceiptReads, 'receiptsAccepted' | 'receiptsRegisteredLate'>,
  { merchant, date, now, signal }: DailyReportRequest,
): Promise<DailyReport> {
  const day = dayOf(date);
  const startsAt = day - zones.first * hourMs;
  const endsAt = day + dayMs - zones.last * hourMs;
  if (now.getTime() < startsAt) throw noDate('The day has not begun.');
  const rows = new Map<string, RowInProgress>();
  let receipts = 0;
  for await (const receipt of registeredAround(reads, { merchant, startsAt, endsAt })) {
    signal?.throwIfAborted();
    if (registerDateOf(receipt) !== date) continue;
    receipts += 1;
    add(rows, receipt);
  }
  const ordered = [...rows].toSorted(([one], [other]) => (one < other ? -1 : 1));
  const ended = now.getTime() >= endsAt;
  return { merchant, date, ended, receipts, rows: ordered.map(([, row]) => finished(row)) };
}

/** Reads every receipt whose registration may be of the day: few more than those. */
async function* registeredAround(
  reads: Pick<ReceiptReads, 'receiptsAccepted' | 'receiptsRegisteredLate'>,
  { merchant, startsAt, endsAt }: { merchant: string; startsAt: number; endsAt: number },
): AsyncGenerator<StoredReceipt, void, undefined> {
  const from = new Date(startsAt - lateAfterMs - skewMs);
  const before = new Date(endsAt + skewMs);
  const registeredFrom = new Date(startsAt - skewMs);
  const accepted = inReceiptSlices(
    true,
    (slice) => reads.receiptsAccepted({ merchant, from, before, ...slice }),
    ({ acceptedAt }) => acceptedAt,
  );
  for await (const receipts of accepted) {
    // Those that are late are read by their own index, however long ago they were accepted.
    yield* receipts.filter((receipt) => receipt.state === 'registered' && !isLate(receipt));
  }
  const late = inReceiptSlices(
    true,
    (slice) => reads.receiptsRegisteredLate({ merchant, registeredFrom, ...slice }),
    ({ changedAt }) => changedAt,
  );
  for await (const receipts of late) yield* receipts;
}

function isLate({ acceptedAt, changedAt }: StoredReceipt): boolean {
  return changedAt.getTime() - acceptedAt.getTime() > lateAfterMs;
}

/**
 * Returns the day of a registration on the register's clock, `2026-05-04`: that of its mark, or where a person
 * has noted it without one, the day of that note.
 */
function registerDateOf({ registration, changedAt, ...receipt }: StoredReceipt): string {
  const { receipt_format } = documentOf(receipt);
  const registeredAt = registration?.mark?.registered_at;
  return (registeredAt ?? formatOffsetTime(changedAt, registerOffsetHours(receipt_format))).slice(0, 10);
}

/** Returns the document of a receipt or correction that was read with it. */
export function documentOf({ document }: Pick<StoredReceipt, 'document'>): Receipt | Correction {
  return receiptDocument({ document: document ?? {} });
}

interface RowInProgress {
  readonly head: Pick<DailyReportRow, 'provider' | 'account' | 'currency' | 'operationType'>;
  receipts: number;
  totalMinor: bigint;
  readonly vat: Map<string, { receipts: number; turnoverMinor: bigint; vatMinor: bigint }>;
  readonly settlements: Map<string, { receipts: number; sumMinor: bigint }>;
}

function add(rows: Map<string, RowInProgress>, stored: StoredReceipt): void {
  const receipt = documentOf(stored);
  const { provider, account } = stored;
  const currency = currencyOf(receipt);
  const operationType = receipt.operation_type;
  const key = JSON.stringify([provider, account, currency, operationType]);
  const row: RowInProgress = rows.get(key) ?? {
    head: { provider, account, currency, operationType },
    receipts: 0,
    totalMinor: 0n,
    vat: new Map(),
    settlements: new Map(),
  };
  rows.set(key, row);
  row.receipts += 1;
  row.totalMinor += BigInt(parseAmount(receipt.total));
  for (const { vat_code, turnover, vat } of vatTotals(receipt)) {
    const sum = row.vat.get(vat_code) ?? { receipts: 0, turnoverMinor: 0n, vatMinor: 0n };
    sum.receipts += 1;
    sum.turnoverMinor += BigInt(turnover);
    sum.vatMinor += BigInt(vat);
    row.vat.set(vat_code, sum);
  }
  for (const { type, sumMinor } of countedSettlements(receipt.settlements)) {
    const sum = row.settlements.get(type) ?? { receipts: 0, sumMinor: 0n };
    sum.receipts += 1;
    sum.sumMinor += BigInt(sumMinor);
    row.settlements.set(type, sum);
  }
}

/** Returns the currency of a receipt's country. */
export function currencyOf({ receipt_format }: Receipt | Correction): 'RUB' | 'UZS' {
  return countryOf(receipt_format) === 'ru' ? 'RUB' : 'UZS';
}

function finished({ head, receipts, totalMinor, vat, settlements }: RowInProgress): DailyReportRow {
  const byName = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]) =>
    one < other ? -1 : 1;
  return {
    ...head,
    receipts,
    totalMinor,
    vat: [...vat].toSorted(byName).map(([vatCode, sum]) => ({ vatCode, ...sum })),
    settlements: [...settlements].toSorted(byName).map(([type, sum]) => ({ type, ...sum })),
  };
}

/** Returns the beginning of a day in UTC, in milliseconds. */
function dayOf(date: string): number {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(date) : Number.NaN;
  if (!Number.isNaN(day) && new Date(day).toISOString().startsWith(date)) return day;
  throw noDate('The date is one of the calendar, written 2026-05-04.');
}

function noDate(message: string): FiscalError {
  return new FiscalError({ code: 'report.date', message, retryable: false });
}
