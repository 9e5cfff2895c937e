import { doubtfulCode } from '../entry/doubt.js';
import { saleRejectedReason } from '../entry/sale-dependency.js';
import type { StoredReceipt } from '../store/receipt-reads.js';
import { compareListed } from './compare-documents.js';
import type { ComparisonRules, Counted, PaymentGroup, Phase, SaleType } from './comparison-rules.js';
import {
  adviceOn,
  type FindingKind,
  findingOf,
  foundReceipt,
  type ReconciliationFinding,
  refundOf,
} from './finding.js';
import { fitByAmount, fitByStandIns, isOpen, remove, type Side, sideOf } from './fit-payments.js';
import type { PaymentRow, PaymentType } from './payment-record.js';
import type { ListedRow } from './payment-table.js';

/** Compares all that is known of one payment: returns the findings, and adds to what is counted. */
export function comparePayment(
  group: PaymentGroup,
  rules: ComparisonRules,
  counted: Counted,
): ReconciliationFinding[] {
  const live = group.receipts.filter(({ state }) => state !== 'rejected');
  for (const receipt of live.filter(isOpen)) counted.receiptsUnderWay[phaseOf(receipt)] += 1;
  const listed = compareListed(group, rules, counted);
  let { findings } = listed;
  for (const direction of ['sell', 'buy'] as const) {
    const ofDirection = live.filter(({ operationType }) => isOfDirection(operationType, direction));
    if (rules.compared.has(direction))
      findings = findings.concat(
        compareDirection({ group, direction, live: ofDirection, others: listed.others }, rules, counted),
      );
    else counted.receiptsNotCompared += ofDirection.length;
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

function compareDirection(
  { group, direction, live, others }: Direction,
  rules: ComparisonRules,
  counted: Counted,
): ReconciliationFinding[] {
  const sales = sideOf(group, live, direction);
  const refunds = sideOf(group, live, refundOf(direction));
  const standFor = (side: Side) =>
    live.filter(({ operationType, dependsOn }) =>
      operationType === side.type
        ? side.type === direction && dependsOn !== null
        : operationType === `${side.type}_correction`,
    );
  const [, takenBack = []] = [sales, refunds].map((side) => {
    fitByAmount(side);
    return fitByStandIns(
      side,
      standFor(side).filter((receipt) => !isOpen(receipt)),
    );
  });
  // A surplus receipt that was refunded, or taken back by a correction: paid once, counted once.
  const refunding = [...refunds.open, ...standFor(refunds).filter(isOpen)];
  for (const surplus of sales.payments.length > 0 ? [] : [...sales.receipts]) {
    const refund = [...refunds.receipts, ...takenBack, ...refunding].find(
      ({ totalMinor }) => totalMinor === surplus.totalMinor,
    );
    if (refund === undefined) continue;
    remove(sales.receipts, surplus);
    for (const used of [refunds.receipts, takenBack, refunding])
      if (used.includes(refund)) remove(used, refund);
  }
  for (const side of [sales, refunds]) counted.matched += side.all.length - side.payments.length;
  const facts = { group, rules, counted, hasSale: live.some(isRegisteredSale) };
  const othersOf = (type: PaymentType) =>
    others.filter(({ type: shown }) => shown === null || shown === type);
  return [
    ...findingsOf(sales, {
      ...facts,
      isSale: true,
      others: othersOf(sales.type),
      isStandInOpen: isOpenFor(sales),
    }),
    ...findingsOf(refunds, {
      ...facts,
      isSale: false,
      others: othersOf(refunds.type),
      isStandInOpen: isOpenFor(refunds),
    }),
  ];

  function isOpenFor(side: Side): boolean {
    return standFor(side).some(isOpen);
  }

  function isRegisteredSale({ operationType, state }: StoredReceipt): boolean {
    return operationType === direction && state === 'registered';
  }
}

interface SideFacts {
  readonly group: PaymentGroup;
  readonly rules: ComparisonRules;
  readonly counted: Counted;
  readonly isSale: boolean;
  readonly hasSale: boolean;
  readonly others: readonly ListedRow[];
  /** Whether a correction or closing receipt is under way, which may yet stand for a payment. */
  readonly isStandInOpen: boolean;
}

function findingsOf(side: Side, facts: SideFacts): ReconciliationFinding[] {
  const { rules, counted, group } = facts;
  const { payments, receipts, open, type } = side;
  // The outcome of what is under way may yet make it fit.
  if (open.length > 0 || (facts.isStandInOpen && payments.length > 0)) {
    counted.paymentsUnderWay += payments.length;
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
    else counted.outsideWindow += 1;
  }
  for (const payment of payments) {
    // What another system has registered must not be handed in again.
    if (!isWithin(payment.at, rules)) counted.outsideWindow += 1;
    else if (others.shift() !== undefined) continue;
    else if (rules.now - payment.at < rules.freshMs) counted.paymentsUnderWay += 1;
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
      else counted.receiptsAtEdges += 1;
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
  const advice = adviceOn(kind, {
    country: rules.country,
    inTime: rules.now - since <= rules.inTimeMs,
    wasRejected: receipts.some(({ state }) => state === 'rejected'),
    hasSale,
  });
  return findingOf({
    kind,
    advice,
    paymentId: group.paymentId,
    operationType: type,
    ...(payment && {
      payment: { line: payment.line, amountMinor: payment.amountMinor, time: new Date(payment.at) },
    }),
    receipts: receipts.map(foundReceipt),
  });
}

function isWithin(at: number, { from, before }: ComparisonRules): boolean {
  return at >= from && at < before;
}

function phaseOf({ state, reasonCode }: StoredReceipt): Phase {
  if (state === 'parked' || state === 'pending') return state;
  if (state === 'unknown') return reasonCode === doubtfulCode ? 'doubtful' : 'unknown';
  return reasonCode === saleRejectedReason.code ? 'held' : 'waiting';
}
