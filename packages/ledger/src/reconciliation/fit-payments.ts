import type { StoredReceipt } from '../store/receipt-reads.js';
import type { PaymentGroup } from './comparison-rules.js';
import type { PaymentRow, PaymentType } from './payment-record.js';

/** What is left of payments and receipts of one type when what fits was taken off. */
export interface Side {
  readonly type: PaymentType;
  readonly payments: PaymentRow[];
  readonly receipts: StoredReceipt[];
  readonly open: readonly StoredReceipt[];
  readonly all: readonly PaymentRow[];
}

/** Returns the payments and receipts of one type, before anything is taken off. */
export function sideOf(group: PaymentGroup, live: readonly StoredReceipt[], type: PaymentType): Side {
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
export function fitByAmount({ payments, receipts }: Side): void {
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

/** Takes off what a correction or a closing receipt stands for, alone or with what is left; returns the others. */
export function fitByStandIns(
  { payments, receipts }: Side,
  standIns: readonly StoredReceipt[],
): StoredReceipt[] {
  const left = [...standIns];
  for (const payment of [...payments]) {
    const standIn = left.find(({ totalMinor, dependsOn }) =>
      dependsOn === null ? totalMinor === payment.amountMinor : (totalMinor ?? 0) >= payment.amountMinor,
    );
    if (standIn === undefined) continue;
    remove(payments, payment);
    remove(left, standIn);
  }
  if (payments.length === 0 || left.length === 0) return left;
  if (sumOfPayments(payments) !== sumOfReceipts([...receipts, ...left])) return left;
  payments.length = 0;
  receipts.length = 0;
  return [];
}

/** Whether the outcome of a receipt is not known yet. */
export function isOpen({ state }: StoredReceipt): boolean {
  return state !== 'registered' && state !== 'rejected';
}

function sumOfPayments(payments: readonly PaymentRow[]): number {
  return payments.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}

function sumOfReceipts(receipts: readonly StoredReceipt[]): number {
  return receipts.reduce((sum, { totalMinor }) => sum + (totalMinor ?? 0), 0);
}

/** Takes an item off a list. */
export function remove<Item>(items: Item[], item: Item): void {
  items.splice(items.indexOf(item), 1);
}
