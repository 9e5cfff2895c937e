import type { FiscalMark } from '@fiscalkit/schemas';
import { doubtfulCode } from '../entry/doubt.js';
import { saleRejectedReason } from '../entry/sale-dependency.js';
import type { StoredReceipt } from '../store/receipt-reads.js';
import {
  type ActCircumstances,
  type FindingKind,
  findingOf,
  foundReceipt,
  type ReconciliationFinding,
  refundOf,
  safeAct,
} from './finding.js';
import type { PaymentType } from './payment-record.js';
import type { ListedRow } from './payment-table.js';

/** A payment of the file, as it is compared. */
export interface PaymentRow {
  readonly type: PaymentType;
  readonly amountMinor: number;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly at: number;
  readonly line: number;
}

/** All that is known of one payment. */
export interface PaymentGroup {
  readonly paymentId: string;
  readonly payments: readonly PaymentRow[];
  readonly receipts: readonly StoredReceipt[];
  readonly listed: readonly ListedRow[];
}

/** What a comparison goes by. */
export interface ComparisonRules extends Pick<ActCircumstances, 'country'> {
  readonly from: number;
  readonly before: number;
  /** Bounds within which a receipt's payment must be in the file. */
  readonly receiptsFrom: number;
  readonly receiptsBefore: number;
  /** Directions that the file has payments of; receipts of others are not compared. */
  readonly compared: ReadonlySet<SaleType>;
  readonly now: number;
  readonly inTimeMs: number;
  /** Age below which the receipt of a payment may still be on its way to the ledger. */
  readonly freshMs: number;
}

/** What an entry that is under way waits for. */
export const phases = ['waiting', 'pending', 'unknown', 'doubtful', 'held', 'parked'] as const;
export type Phase = (typeof phases)[number];

/** What was counted. */
export interface Tally {
  matched: number;
  outsideWindow: number;
  /** Payments whose receipt is under way, or may be on its way to the ledger. */
  paymentsUnderWay: number;
  readonly receiptsUnderWay: Record<Phase, number>;
  receiptsNotCompared: number;
  receiptsAtEdges: number;
  documentsUnderWay: number;
}

/** Returns an empty count. */
export function newTally(): Tally {
  return {
    matched: 0,
    outsideWindow: 0,
    paymentsUnderWay: 0,
    receiptsUnderWay: { waiting: 0, pending: 0, unknown: 0, doubtful: 0, held: 0, parked: 0 },
    receiptsNotCompared: 0,
    receiptsAtEdges: 0,
    documentsUnderWay: 0,
  };
}

type SaleType = 'sell' | 'buy';

/** Compares all that is known of one payment: returns the findings, and adds to the tally. */
export function comparePayment(
  group: PaymentGroup,
  rules: ComparisonRules,
  tally: Tally,
): ReconciliationFinding[] {
  const live = group.receipts.filter(({ state }) => state !== 'rejected');
  for (const receipt of live.filter(isOpen)) tally.receiptsUnderWay[phaseOf(receipt)] += 1;
  const listed = compareListed(group, rules, tally);
  const findings = [...listed.findings];
  for (const direction of ['sell', 'buy'] as const) {
    const ofDirection = live.filter(({ operationType }) => isOfDirection(operationType, direction));
    if (rules.compared.has(direction))
      findings.push(
        ...compareDirection({ group, direction, live: ofDirection, others: listed.others }, rules, tally),
      );
    else tally.receiptsNotCompared += ofDirection.length;
  }
  return findings;
}

function isOfDirection(type: string | null, direction: SaleType): boolean {
  return type === direction || (type?.startsWith(`${direction}_`) ?? false);
}

interface Direction {
  readonly group: PaymentGroup;
  readonly direction: SaleType;
  readonly live: readonly StoredReceipt[];
  /** Documents of the provider that the ledger has not made. */
  readonly others: readonly ListedRow[];
}

/** What is left of payments and receipts of one type when what fits was taken off. */
interface Side {
  readonly type: PaymentType;
  readonly payments: PaymentRow[];
  readonly receipts: StoredReceipt[];
  readonly open: readonly StoredReceipt[];
  readonly all: readonly PaymentRow[];
}

function compareDirection(
  { group, direction, live, others }: Direction,
  rules: ComparisonRules,
  tally: Tally,
): ReconciliationFinding[] {
  const sales = sideOf(group, live, direction);
  const refunds = sideOf(group, live, refundOf(direction));
  for (const side of [sales, refunds]) {
    fitByAmount(side);
    const corrections = live.filter(({ operationType: type }) => type === `${side.type}_correction`);
    const closings = live.filter(
      ({ operationType, dependsOn }) => operationType === side.type && dependsOn !== null,
    );
    const stand = side.type === direction ? [...corrections, ...closings] : corrections;
    fitByStandIns(
      side,
      stand.filter((receipt) => !isOpen(receipt)),
    );
  }
  // A surplus receipt that was refunded: paid once, counted once.
  for (const surplus of [...sales.receipts]) {
    const refund = [...refunds.receipts, ...refunds.open].find(
      ({ totalMinor }) => totalMinor === surplus.totalMinor,
    );
    if (refund === undefined || sales.payments.length > 0) continue;
    remove(sales.receipts, surplus);
    if (!isOpen(refund)) remove(refunds.receipts, refund);
  }
  const matched = [sales, refunds].map((side) => side.all.length - side.payments.length);
  tally.matched += matched[0] ?? 0;
  tally.matched += matched[1] ?? 0;
  const facts = { group, rules, tally, hasSale: live.some(isRegisteredSale) };
  const othersOf = (type: PaymentType) =>
    others.filter(({ type: shown }) => shown === null || shown === type);
  return [
    ...findingsOf(sales, { ...facts, isSale: true, others: othersOf(sales.type) }),
    ...findingsOf(refunds, { ...facts, isSale: false, others: othersOf(refunds.type) }),
  ];

  function isRegisteredSale({ operationType, state }: StoredReceipt): boolean {
    return operationType === direction && state === 'registered';
  }
}

function sideOf(group: PaymentGroup, live: readonly StoredReceipt[], type: PaymentType): Side {
  const all = group.payments.filter((payment) => payment.type === type);
  const isSale = type === 'sell' || type === 'buy';
  const own = live.filter(
    ({ operationType, dependsOn }) => operationType === type && (!isSale || dependsOn === null),
  );
  return {
    type,
    all,
    payments: [...all],
    receipts: own.filter((receipt) => !isOpen(receipt)),
    open: own.filter(isOpen),
  };
}

/** Takes off what has the same amount, and all where only the sums fit: a payment in parts, or a receipt. */
function fitByAmount({ payments, receipts }: Side): void {
  for (const payment of [...payments]) {
    const receipt = receipts.find(({ totalMinor }) => totalMinor === payment.amountMinor);
    if (receipt === undefined) continue;
    remove(payments, payment);
    remove(receipts, receipt);
  }
  if (payments.length === 0 || receipts.length === 0 || payments.length + receipts.length === 2) return;
  if (sumOfPayments(payments) !== sumOfReceipts(receipts)) return;
  payments.length = 0;
  receipts.length = 0;
}

/** Takes off what a correction or a closing receipt stands for, alone or with what is left. */
function fitByStandIns({ payments, receipts }: Side, standIns: readonly StoredReceipt[]): void {
  const left = [...standIns];
  for (const payment of [...payments]) {
    const standIn = left.find(({ totalMinor, dependsOn }) =>
      dependsOn === null ? totalMinor === payment.amountMinor : (totalMinor ?? 0) >= payment.amountMinor,
    );
    if (standIn === undefined) continue;
    remove(payments, payment);
    remove(left, standIn);
  }
  if (payments.length === 0 || left.length === 0) return;
  if (sumOfPayments(payments) !== sumOfReceipts([...receipts, ...left])) return;
  payments.length = 0;
  receipts.length = 0;
}

interface SideFacts {
  readonly group: PaymentGroup;
  readonly rules: ComparisonRules;
  readonly tally: Tally;
  readonly isSale: boolean;
  readonly hasSale: boolean;
  readonly others: readonly ListedRow[];
}

function findingsOf(side: Side, facts: SideFacts): ReconciliationFinding[] {
  const { rules, tally, group } = facts;
  const { payments, receipts, open, type } = side;
  // The outcome of what is under way may yet make it fit.
  if (open.length > 0) {
    tally.paymentsUnderWay += payments.length;
    return [];
  }
  const findings: ReconciliationFinding[] = [];
  const others = [...facts.others];
  const add = (kind: FindingKind, about: { payment?: PaymentRow; receipts: readonly StoredReceipt[] }) =>
    findings.push(findingAbout(kind, { ...about, facts, type }));
  while (payments.length > 0 && receipts.length > 0) {
    const payment = payments.shift();
    const receipt = receipts.shift();
    if (payment === undefined || receipt === undefined) break;
    if (isWithin(payment.at, rules) || isWithin(receipt.acceptedAt.getTime(), rules))
      add('amount-differs', { payment, receipts: [receipt] });
    else tally.outsideWindow += 1;
  }
  for (const payment of payments) {
    // What another system has registered must not be handed in again.
    if (!isWithin(payment.at, rules)) tally.outsideWindow += 1;
    else if (others.shift() !== undefined) continue;
    else if (rules.now - payment.at < rules.freshMs) tally.paymentsUnderWay += 1;
    else {
      const rejected = group.receipts.filter(
        ({ state, operationType }) => state === 'rejected' && operationType === type,
      );
      const kind = facts.isSale ? 'paid-without-receipt' : 'refund-without-receipt';
      add(kind, { payment, receipts: rejected.slice(-1) });
    }
  }
  const [paid] = side.all;
  for (const receipt of receipts) {
    const at = receipt.acceptedAt.getTime();
    if (paid !== undefined && (isWithin(paid.at, rules) || isWithin(at, rules)))
      add('two-receipts', { payment: paid, receipts: [receipt] });
    else if (paid === undefined && isWithin(at, rules)) {
      if (at >= rules.receiptsFrom && at < rules.receiptsBefore)
        add('receipt-without-payment', { receipts: [receipt] });
      else tally.receiptsAtEdges += 1;
    }
  }
  return findings;
}

function findingAbout(
  kind: FindingKind,
  {
    payment,
    receipts,
    facts: { group, rules, hasSale },
    type,
  }: {
    readonly payment?: PaymentRow;
    readonly receipts: readonly StoredReceipt[];
    readonly facts: SideFacts;
    readonly type: PaymentType;
  },
): ReconciliationFinding {
  const since = payment?.at ?? receipts[0]?.acceptedAt.getTime() ?? rules.now;
  const act = safeAct(kind, {
    country: rules.country,
    inTime: rules.now - since <= rules.inTimeMs,
    wasRejected: receipts.some(({ state }) => state === 'rejected'),
    hasSale,
  });
  return findingOf({
    kind,
    act,
    paymentId: group.paymentId,
    operationType: type,
    ...(payment && {
      payment: { line: payment.line, amountMinor: payment.amountMinor, time: new Date(payment.at) },
    }),
    receipts: receipts.map(foundReceipt),
  });
}

/** Compares the documents that the provider shows for a payment with the receipts of the ledger. */
function compareListed(
  { paymentId, receipts, listed }: PaymentGroup,
  { country, now, inTimeMs }: ComparisonRules,
  tally: Tally,
): { readonly findings: ReconciliationFinding[]; readonly others: ListedRow[] } {
  const findings: ReconciliationFinding[] = [];
  const others: ListedRow[] = [];
  const add = (kind: 'other-system' | 'mark-differs', document: ListedRow, about: ListedAbout = {}) => {
    const { receipt, differs = [] } = about;
    const inTime = now - (document.at ?? now) <= inTimeMs;
    const { provider, documentId: providerDocumentId, totalMinor, status } = document;
    findings.push(
      findingOf({
        kind,
        act: safeAct(kind, { country, inTime }),
        paymentId,
        operationType: document.type,
        receipts: receipt ? [foundReceipt(receipt)] : [],
        listed: { provider, providerDocumentId, totalMinor, status, differs },
      }),
    );
  };
  const isOpenFor = receipts.some(isOpen);
  for (const document of listed) {
    const receipt = receiptOfDocument(document, receipts);
    if (receipt === undefined) {
      if (document.status === 'rejected') continue;
      if (isOpenFor) {
        tally.documentsUnderWay += 1;
        continue;
      }
      others.push(document);
      add('other-system', document);
    } else if (!isOpen(receipt)) {
      const differs = differencesOf(document, receipt);
      if (differs.length > 0) add('mark-differs', document, { receipt, differs });
    }
  }
  return { findings, others };
}

interface ListedAbout {
  readonly receipt?: StoredReceipt;
  readonly differs?: readonly string[];
}

/** The receipt of the ledger that a document is of: by its id, or where the ledger has none, by its mark or content. */
function receiptOfDocument(
  document: ListedRow,
  receipts: readonly StoredReceipt[],
): StoredReceipt | undefined {
  const ofProvider = receipts.filter(({ provider }) => provider === document.provider);
  const idOf = (receipt: StoredReceipt) =>
    receipt.providerDocumentId ?? receipt.registration?.providerDocumentId;
  return (
    ofProvider.find((receipt) => idOf(receipt) === document.documentId) ??
    ofProvider.find((receipt) => {
      const mark = receipt.registration?.mark;
      if (mark && document.mark)
        return idOf(receipt) == null && markDifferences(mark, document.mark).length === 0;
      const isSame = receipt.operationType === document.type && receipt.totalMinor === document.totalMinor;
      return receipt.state === 'registered' && idOf(receipt) == null && isSame;
    })
  );
}

function differencesOf({ status, mark }: ListedRow, { state, registration }: StoredReceipt): string[] {
  if (state === 'rejected') return status === 'registered' ? ['status'] : [];
  if (status === 'rejected') return ['status'];
  return registration?.mark && mark ? markDifferences(registration.mark, mark) : [];
}

/** Names of the members in which two marks differ. */
function markDifferences(one: FiscalMark, other: FiscalMark): string[] {
  const [left, right] = [one, other].map((mark): Record<string, string> => ({ ...mark }));
  const names = new Set([...Object.keys(left ?? {}), ...Object.keys(right ?? {})]);
  // The time is that of the register, and some print it without seconds.
  names.delete('registered_at');
  return [...names].filter((name) => left?.[name] !== right?.[name]);
}

function isOpen({ state }: StoredReceipt): boolean {
  return state !== 'registered' && state !== 'rejected';
}

function phaseOf({ state, reasonCode }: StoredReceipt): Phase {
  if (state === 'parked' || state === 'pending') return state;
  if (state === 'unknown') return reasonCode === doubtfulCode ? 'doubtful' : 'unknown';
  return reasonCode === saleRejectedReason.code ? 'held' : 'waiting';
}

function isWithin(at: number, { from, before }: ComparisonRules): boolean {
  return at >= from && at < before;
}

function sumOfPayments(payments: readonly PaymentRow[]): number {
  return payments.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}

function sumOfReceipts(receipts: readonly StoredReceipt[]): number {
  return receipts.reduce((sum, { totalMinor }) => sum + (totalMinor ?? 0), 0);
}

function remove<Item>(items: Item[], item: Item): void {
  items.splice(items.indexOf(item), 1);
}
