import { setTimeout as delay } from 'node:timers/promises';
import type { LedgerStore } from '../store/ledger-store.js';
import { type FindingKind, findingKinds } from './finding.js';
import { documentOf, Filler, ListingProvider, type Made, type Outcome } from './ledger-filler.fixture.js';
import type { PaymentRecord } from './payment-record.js';
import type { ReconcileOptions } from './reconciliation-report.js';

/** How many payments of which sort. */
export interface ShopSizes {
  readonly payments: number;
  readonly ofEachFault: number;
  readonly underWay: number;
  readonly atEdges: number;
}

/** A ledger with payments beside it, and the faults that were put in. */
export interface SeededShop {
  readonly payments: PaymentRecord[];
  readonly provider: ListingProvider;
  readonly options: Pick<ReconcileOptions, 'from' | 'to' | 'edgeMs'>;
  /** `kind payment-id` of each fault. */
  readonly faults: readonly string[];
  readonly clock: () => Date;
}

/** Fills a ledger with receipts in every state, and makes the payments that go with them, in no order. */
export async function seedShop(store: LedgerStore, sizes: ShopSizes): Promise<SeededShop> {
  const provider = new ListingProvider('memory');
  const filler = new Filler(store, provider);
  const faults: string[] = [];
  const planned: { readonly id: string; readonly kind?: 'refund'; readonly minor: number }[] = [];
  const outside: string[] = [];
  let number = 0;
  const nextId = (word: string) => {
    number += 1;
    return `${word}-${number}`;
  };
  const minorOf = (id: string) => 100 + (Number(id.split('-').at(-1)) % 9_900);
  const paid = (id: string, minor = minorOf(id), kind?: 'refund') =>
    planned.push({ id, minor, ...(kind && { kind }) });
  const receipts: Made[] = [];
  const receipt = (paymentId: string, made: Partial<Made> = {}) =>
    receipts.push({ paymentId, minor: minorOf(paymentId), ...made });

  const quarter = Math.floor(sizes.atEdges / 4);
  const early = Array.from({ length: quarter }, () => nextId('edge'));
  await filler.fill(early.map((paymentId) => ({ paymentId, minor: minorOf(paymentId) })));
  for (const id of early) paid(id);
  await delay(20);
  const from = new Date();
  const within = Array.from({ length: quarter }, () => nextId('edge'));
  await filler.fill(within.map((paymentId) => ({ paymentId, minor: minorOf(paymentId) })));
  const startedAt = Date.now();
  await delay(20);

  const outcomes: readonly Outcome[] = ['pending', 'unknown', 'doubtful', 'waiting', 'held'];
  for (let count = 0; count < sizes.underWay; count += 1) {
    const id = nextId('under-way');
    paid(id);
    receipt(id, { outcome: outcomes[count % outcomes.length], ...(count % 3 === 0 && { minor: 7 }) });
  }
  for (const kind of findingKinds) {
    for (let count = 0; count < sizes.ofEachFault; count += 1) {
      const id = nextId(kind);
      faults.push(`${kind} ${id}`);
      seedFault(kind, id, count);
    }
  }
  while (planned.length < sizes.payments - 2 * quarter) seedRight(nextId('right'), planned.length);
  await filler.fill(receipts);

  await delay(20);
  const endsAt = Date.now();
  const last = Array.from({ length: quarter }, () => nextId('edge'));
  await filler.fill(last.map((paymentId) => ({ paymentId, minor: minorOf(paymentId) })));
  const to = new Date(Date.now() + 1);
  await delay(20);
  const after = Array.from({ length: quarter }, () => nextId('edge'));
  await filler.fill(after.map((paymentId) => ({ paymentId, minor: minorOf(paymentId) })));
  for (const id of after) paid(id);
  // Of the last quarter the file has payments, whose time is outside.
  for (const id of last.slice(0, quarter / 2)) outside.push(id);

  const edgeMs = Math.max(startedAt - from.getTime(), to.getTime() - endsAt) + 5;
  const times = [from.getTime(), to.getTime()] as const;
  const payments = planned.map(({ id, minor, kind }, index): PaymentRecord => {
    const at = times[0] + ((index * 7_919) % (times[1] - times[0]));
    return { paymentId: id, kind, amount: (minor / 100).toFixed(2), time: new Date(at) };
  });
  for (const id of outside) {
    const time = new Date(times[1] + 1).toISOString();
    payments.push({ paymentId: id, amount: minorOf(id) / 100, time });
  }
  payments.sort((one, other) =>
    `${one.amount} ${one.paymentId}` < `${other.amount} ${other.paymentId}` ? -1 : 1,
  );
  return {
    payments,
    provider,
    options: { from, to, edgeMs },
    faults,
    clock: () => new Date(to.getTime() + edgeMs + 1_000),
  };

  /** What fits: sales, refunds, payments in parts, prepayments, doubles that were refunded, corrections. */
  function seedRight(id: string, count: number): void {
    paid(id);
    const minor = minorOf(id);
    switch (count % 12) {
      case 1:
        receipt(id);
        paid(id, minor, 'refund');
        receipt(id, { type: 'sell_refund' });
        break;
      case 2:
        receipt(id, { minor: 40 });
        receipt(id, { minor: minor - 40 });
        break;
      case 3:
        receipt(id);
        receipt(id, { type: 'sell_refund', minor: 20 });
        receipt(id, { type: 'sell_refund', minor: 30 });
        paid(id, 30, 'refund');
        paid(id, 20, 'refund');
        break;
      case 4:
        receipt(id);
        receipt(id);
        receipt(id, { type: 'sell_refund' });
        break;
      case 5:
        receipt(id, { outcome: 'rejected', minor: 5 });
        receipt(id);
        break;
      case 6:
        receipt(id, { type: 'sell_correction' });
        break;
      default:
        receipt(id);
    }
  }

  function seedFault(kind: FindingKind, id: string, count: number): void {
    const isOdd = count % 2 === 1;
    switch (kind) {
      case 'paid-without-receipt':
        paid(id);
        if (isOdd) receipt(id, { outcome: 'rejected' });
        break;
      case 'receipt-without-payment':
        receipt(id, isOdd ? { type: 'sell_refund' } : {});
        break;
      case 'amount-differs':
        paid(id);
        receipt(id, { minor: minorOf(id) + 1 });
        break;
      case 'two-receipts':
        paid(id);
        receipt(id);
        receipt(id, isOdd ? { minor: 33 } : {});
        break;
      case 'refund-without-receipt':
        paid(id);
        receipt(id);
        paid(id, isOdd ? 50 : minorOf(id), 'refund');
        break;
      case 'other-system':
        if (isOdd) paid(id);
        else if (count % 4 === 0) {
          paid(id);
          receipt(id);
        }
        provider.listed.push(
          documentOf(`other-${id}`, { paymentId: id, minor: minorOf(id) }, `${9_000_000 + number}`),
        );
        break;
      case 'mark-differs':
        paid(id);
        receipt(id, { marked: isOdd ? { fiscal_attribute: '1' } : { fiscal_storage_number: '1' } });
        break;
    }
  }
}
