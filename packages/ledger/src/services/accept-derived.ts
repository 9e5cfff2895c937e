import { setTimeout as delay } from 'node:timers/promises';
import type { Fault } from '@fiscalkit/schemas';
import type { Entry, NewEntry } from '../entry/entry.js';
import type { AcceptOutcome } from '../store/ledger-store.js';
import { announceOutcome } from './accept-entry.js';
import { acceptedBefore, type Derivation, deriveEntries, namesOf } from './derived-receipts.js';
import { idempotencyConflict, paymentCrowded, receiptBusy, receiptNotFound } from './errors.js';
import { replayWarnings } from './idempotency.js';
import type { LedgerContext } from './ledger-context.js';
import type { Merchant } from './merchants.js';
import { receiptOperation } from './receipt-entry-query.js';
import { type ReceiptFamily, readFamily } from './receipt-family.js';

/** Receipts that were made from another. */
interface AcceptedReceipts {
  readonly entries: readonly Entry[];
  readonly replayed: boolean;
  readonly warnings: readonly Fault[];
}

/**
 * Makes receipts from another and accepts them together; a repeat returns those that it made. Throws a
 * `FiscalError` with code `receipt.not-found`, `idempotency.conflict`, or as `deriveEntries` and
 * `acceptFromFamily` do.
 */
export async function acceptDerived(
  { merchant, ...context }: LedgerContext & { readonly merchant: Merchant },
  derivation: Derivation,
): Promise<AcceptedReceipts> {
  const named = await context.store.get(merchant.id, derivation.request.receiptId);
  if (named?.operation !== receiptOperation) throw receiptNotFound();
  const payment = { merchant: merchant.id, paymentId: named.facets.paymentId };
  let warnings: readonly Fault[] = [];
  let key = '';
  const outcomes = await acceptFromFamily(context, payment, (family) => {
    const origin = family.newestVersion(named.id) ?? named;
    const names = namesOf(derivation, family.firstVersion(origin));
    key = names.key;
    const accepted = acceptedBefore(family, derivation, names);
    if (accepted) return { accepted };
    const derived = deriveEntries({ ...context, merchant, family }, { origin, derivation, names });
    warnings = derived.warnings;
    return derived.entries;
  });
  if (outcomes.some(({ kind }) => kind === 'conflict')) throw idempotencyConflict();
  const announced = await Promise.all(
    outcomes.map((outcome) => announceOutcome(context, { idempotencyKey: key }, outcome)),
  );
  const replayed = announced.every(({ kind }) => kind === 'replayed');
  return {
    entries: announced.map(({ entry }) => entry),
    replayed,
    warnings: replayed ? replayWarnings({ idempotencyKey: key }) : warnings,
  };
}

/** How long other receipts of the payment may keep coming before a request gives up, in milliseconds. */
const longestMs = 10_000;

/**
 * Accepts what is made of the family of a payment: reads it, and begins anew where another receipt came
 * meanwhile. Throws a `FiscalError` with code `receipt.busy` when others kept coming, or `payment.crowded`.
 */
export async function acceptFromFamily(
  { store, paymentTurns }: Pick<LedgerContext, 'store' | 'paymentTurns'>,
  payment: { readonly merchant: string; readonly paymentId: string },
  make: (family: ReceiptFamily) => readonly NewEntry[] | { readonly accepted: readonly Entry[] },
): Promise<readonly AcceptOutcome[]> {
  return paymentTurns.take(JSON.stringify([payment.merchant, payment.paymentId]), async () => {
    const lastTryAt = performance.now() + longestMs;
    for (let tries = 1; performance.now() < lastTryAt; tries += 1) {
      const family = await readFamily(store, payment);
      if (!family.isWhole) throw paymentCrowded();
      const made = make(family);
      if ('accepted' in made) return made.accepted.map((entry) => ({ kind: 'replayed', entry }));
      const { newestSequence } = family;
      const outcomes = await store.acceptTogether({ entries: made, newestSequence });
      const settled = outcomes.filter((outcome) => outcome.kind !== 'outdated');
      if (settled.length > 0) return settled;
      // Others from other processes come in turn sooner when all wait for different times.
      await delay(Math.random() * Math.min(tries * 5, 100));
    }
    throw receiptBusy();
  });
}
