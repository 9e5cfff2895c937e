import { setImmediate as turn } from 'node:timers/promises';
import type { Provider } from '@fiscalkit/client';
import {
  type Country,
  countryOf,
  FiscalError,
  isFiscalError,
  type ReceiptFormat,
  receiptFormats,
} from '@fiscalkit/schemas';
import { inReceiptSlices, type ReceiptReads, type StoredReceipt } from '../store/receipt-reads.js';
import { comparePayment } from './compare-payment.js';
import { type ComparisonRules, nothingCounted, type PaymentGroup } from './comparison-rules.js';
import { type FindingKind, findingKinds, type ReconciliationFinding } from './finding.js';
import {
  currencies,
  type PaymentFault,
  type PaymentRecord,
  readPayment,
  type UnreadableLine,
} from './payment-record.js';
import { mostParts, PaymentTable } from './payment-table.js';
import {
  type ListedProvider,
  notesOf,
  type ReconcileOptions,
  type ReconciliationProgress,
  type ReconciliationReport,
} from './reconciliation-report.js';

/** What a comparison works on. */
export interface Reconcilable {
  readonly reads: Pick<ReceiptReads, 'receiptsAccepted' | 'receiptsOfPayments'>;
  readonly merchant: string;
  /** Providers that are listed and compared, too. */
  readonly providers: readonly Provider[];
  readonly clock: () => Date;
}

/** Payments to compare: records, or lines of a file that could not be read. */
export type Payments =
  | AsyncIterable<PaymentRecord | UnreadableLine>
  | Iterable<PaymentRecord | UnreadableLine>;

const defaults = { edgeMs: 15 * 60_000, inTimeMs: 86_400_000, mostFindings: 10_000 };

/** Payments that are compared at once. */
const portion = 500;

/** How much earlier than a document a receipt may have been accepted, and be known by its provider's id. */
const delayedMs = 3 * 86_400_000;

/**
 * Compares payments with the receipts of a ledger and, where asked, with what providers list. Changes nothing,
 * and holds no more in memory however many there are. Throws a `FiscalError` with code
 * `reconciliation.window`, and as the store does.
 */
export async function reconcile(
  { reads, merchant, providers, clock }: Reconcilable,
  payments: Payments,
  options: ReconcileOptions,
): Promise<ReconciliationReport> {
  const { from, to, signal, onProgress = () => {} } = options;
  const { edgeMs = defaults.edgeMs, inTimeMs = defaults.inTimeMs } = options;
  assertWindow(from, to);
  const now = clock().getTime();
  const most = options.mostFindings ?? defaults.mostFindings;
  const found = new Collected<ReconciliationFinding>(most);
  const faults = new Collected<PaymentFault>(most);
  const counted = nothingCounted();
  const table = new PaymentTable();
  try {
    const read = await readPayments(payments, { table, faults, signal, onProgress });
    const ledger = await readReceipts(reads, { merchant, providers, table, options });
    const country = options.country ?? ledger.country;
    counted.receiptsNotCompared += ledger.withoutPayment;
    dropOtherCurrencies(table, country, faults);
    const listed: ListedProvider[] = [];
    for (const provider of providers) listed.push(await listProvider(provider, table, options));
    const compared = read.types;
    const rules: ComparisonRules = {
      from: from.getTime(),
      before: to.getTime(),
      receiptsFrom: from.getTime() + (read.first <= from.getTime() - edgeMs ? 0 : edgeMs),
      receiptsBefore: to.getTime() - (read.last >= to.getTime() + edgeMs ? 0 : edgeMs),
      compared: compared.size > 0 ? compared : new Set(['sell']),
      now,
      inTimeMs,
      freshMs: edgeMs,
      country,
    };
    const counts = Object.fromEntries(findingKinds.map((kind) => [kind, 0])) as Record<FindingKind, number>;
    const of = table.size;
    let done = 0;
    for await (const known of knownPayments(reads, { merchant, table, signal })) {
      for (const payment of known) {
        for (const finding of comparePayment(payment, rules, counted)) {
          counts[finding.kind] += 1;
          found.add(finding);
          await options.onFinding?.(finding);
        }
      }
      done += known.length;
      onProgress({ stage: 'comparison', done, of });
      await turn();
    }
    const { outsideWindow, ...others } = counted;
    return {
      merchant,
      from,
      to,
      country,
      notes: notesOf({
        now,
        to,
        country,
        listed,
        notCompared: counted.receiptsNotCompared,
        paymentsRead: read.count,
        receiptsRead: ledger.count,
      }),
      paymentsRead: read.count,
      paymentsOutside: outsideWindow,
      receiptsRead: ledger.count,
      ...others,
      providers: listed,
      counts,
      findings: found.items,
      moreFindings: found.more,
      faults: faults.items.toSorted((one, other) => one.line - other.line),
      moreFaults: faults.more,
    };
  } finally {
    table.close();
  }
}

/** Reads what is known of each payment, in portions. */
async function* knownPayments(
  reads: Reconcilable['reads'],
  { merchant, table, signal }: Pick<ReceiptReading, 'merchant' | 'table'> & Pick<ReconcileOptions, 'signal'>,
): AsyncGenerator<readonly PaymentGroup[], void, undefined> {
  for (
    let ids = table.idsBehind('', portion);
    ids.length > 0;
    ids = table.idsBehind(ids.at(-1) ?? '', portion)
  ) {
    signal?.throwIfAborted();
    // The table has composed letters; a receipt has them as its shop wrote them.
    const paymentIds = [...new Set(ids.flatMap((id) => [id, id.normalize('NFD')]))];
    const stored = await reads.receiptsOfPayments({ merchant, paymentIds });
    const receipts = Map.groupBy(stored, ({ paymentId }) => paymentId.normalize('NFC'));
    const payments = table.paymentsOf(ids);
    const listed = table.listedOf(ids);
    yield ids.map((paymentId) => ({
      paymentId,
      payments: payments.get(paymentId) ?? [],
      receipts: receipts.get(paymentId) ?? [],
      listed: listed.get(paymentId) ?? [],
    }));
  }
}

/** Items up to a number, and how many there are beyond it. */
class Collected<Item> {
  readonly items: Item[] = [];
  more = 0;
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  add(item: Item): void {
    if (this.items.length < this.#most) this.items.push(item);
    else this.more += 1;
  }
}

interface PaymentReading extends Pick<ReconcileOptions, 'signal'> {
  readonly table: PaymentTable;
  readonly faults: Collected<PaymentFault>;
  readonly onProgress: (progress: ReconciliationProgress) => void;
}

async function readPayments(payments: Payments, { table, faults, signal, onProgress }: PaymentReading) {
  const types = new Set<'sell' | 'buy'>();
  let count = 0;
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for await (const record of payments) {
    count += 1;
    const payment = readPayment(record, count);
    const added = 'code' in payment ? 'broken' : table.addPayment(payment);
    if ('code' in payment) faults.add(payment);
    else if (added === 'added') {
      types.add(payment.type.startsWith('buy') ? 'buy' : 'sell');
      first = Math.min(first, payment.time.getTime());
      last = Math.max(last, payment.time.getTime());
    } else faults.add(added === 'parts' ? partsFault(payment.line) : duplicateFault(payment.line));
    if (count % 1_000 !== 0) continue;
    signal?.throwIfAborted();
    onProgress({ stage: 'payments', done: count });
    await turn();
  }
  return { count, types, first, last };
}

function duplicateFault(line: number): PaymentFault {
  const message = 'The same payment, of the same kind, amount and time, stands in another line.';
  return { line, code: 'payment.duplicate', message };
}

function partsFault(line: number): PaymentFault {
  const message = `Other lines have ${mostParts} payments of the same id, which is as many as are compared.`;
  return { line, code: 'payment.parts', message };
}

interface ReceiptReading extends Pick<Reconcilable, 'merchant' | 'providers'> {
  readonly table: PaymentTable;
  readonly options: ReconcileOptions;
}

/** Notes the payments of all receipts of the window; the country is that of the newest. */
async function readReceipts(
  reads: Reconcilable['reads'],
  { merchant, providers, table, options }: ReceiptReading,
): Promise<{ count: number; withoutPayment: number; country: Country | null }> {
  const { from, to: before, signal, onProgress } = options;
  const since = new Date(from.getTime() - (providers.length > 0 ? delayedMs : 0));
  const slices = inReceiptSlices(
    false,
    (slice) => reads.receiptsAccepted({ merchant, from: since, before, ...slice }),
    ({ acceptedAt }) => acceptedAt,
  );
  let count = 0;
  let withoutPayment = 0;
  let newest: StoredReceipt | undefined;
  for await (const receipts of slices) {
    signal?.throwIfAborted();
    for (const receipt of receipts) {
      const isCounted = receipt.acceptedAt >= from;
      if (isCounted) count += 1;
      // A correction may be of no single payment: there is nothing to compare it with.
      if (receipt.paymentId !== '') table.addReceipt(receipt);
      else if (isCounted && receipt.state !== 'rejected') withoutPayment += 1;
    }
    newest = receipts.at(-1);
    onProgress?.({ stage: 'receipts', done: count });
  }
  const format = receiptFormats.find((each) => each === newest?.format);
  const country = format === undefined ? null : countryOf(format satisfies ReceiptFormat);
  return { count, withoutPayment, country };
}

/** Leaves out payments in another currency than the merchant's, or than the file's where that is not known. */
function dropOtherCurrencies(
  table: PaymentTable,
  country: Country | null,
  faults: Collected<PaymentFault>,
): void {
  const names = Object.keys(currencies) as (keyof typeof currencies)[];
  const currency = names.find((name) => currencies[name] === country) ?? table.firstCurrency();
  if (currency === null) return;
  const message = `The payment is in another currency than ${currency}, the merchant's.`;
  table.removeOthers(currency, (line) => faults.add({ line, code: 'payment.currency', message }));
  table.removeRepeated(currency, (line) => faults.add(duplicateFault(line)));
}

async function listProvider(
  provider: Provider,
  table: PaymentTable,
  { from, to, signal, onProgress }: ReconcileOptions,
): Promise<ListedProvider> {
  const { name } = provider;
  let documents = 0;
  if (!provider.list) return { name, documents, complete: false, code: 'provider.unsupported' };
  try {
    for await (const listed of provider.list({ from, before: to, ...(signal && { signal }) })) {
      for (const document of listed) table.addListed(name, document);
      documents += listed.length;
      onProgress?.({ stage: 'provider', done: documents });
    }
    return { name, documents, complete: true };
  } catch (error) {
    signal?.throwIfAborted();
    if (!isFiscalError(error)) throw error;
    return { name, documents, complete: false, code: error.code };
  }
}

function assertWindow(from: Date, to: Date): void {
  if (from.getTime() < to.getTime()) return;
  throw new FiscalError({
    code: 'reconciliation.window',
    message: 'The window has a beginning and a later end, both times.',
    retryable: false,
  });
}
