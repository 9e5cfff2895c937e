import {
  checkReceipt,
  countryOf,
  type FiscalMark,
  type FiscalReceipt,
  parseAmount,
  parseReceiptLink,
  type Receipt,
} from '@fiscalkit/schemas';
import { registerOfOthers } from '../entry/accounts.js';
import type { Entry, NewEntry } from '../entry/entry.js';
import { nextVersionKey } from '../entry/operator-action.js';
import { transitionByOperator } from '../entry/operator-transition.js';
import { acceptFromFamily } from './accept-derived.js';
import { announceOutcome } from './accept-entry.js';
import { receiptDigest } from './content-digest.js';
import { entryBusy, markDiffers, markKnown, receiptInvalid, receiptTwin } from './errors.js';
import type { LedgerContext } from './ledger-context.js';
import type { Merchant } from './merchants.js';
import { paymentQueue, receiptFacets } from './new-receipt-entry.js';
import { receiptOperation } from './receipt-entry-query.js';
import type { ReceiptFamily } from './receipt-family.js';
import { writeIntervention } from './write-intervention.js';

/** A receipt that another system registered. */
export interface ImportReceipt {
  readonly merchant: string;
  /** The receipt as it was registered; checked by the rules of that day. */
  readonly receipt: FiscalReceipt;
  /** Its link, or the text of its QR code, from which the fiscal mark is read. */
  readonly link: string;
}

/** A receipt that another system registered, checked. */
interface ForeignReceipt {
  readonly receipt: Receipt;
  readonly contentDigest: string;
  readonly registration: {
    readonly providerDocumentId: null;
    readonly mark: FiscalMark;
    readonly link: string | null;
    readonly details: Readonly<Record<string, never>>;
  };
}

type ImportContext = LedgerContext & { readonly merchant: Merchant };

/**
 * Takes a receipt into the ledger that another system registered, so that it can be refunded and closed. It is
 * known by its fiscal mark: a repeat returns the stored one. Nothing is ever sent of it. Throws a
 * `FiscalError` with the code of the link's fault (`link.host`, …), `receipt.invalid`, `receipt.mark-differs`,
 * `receipt.mark-known`, `receipt.twin`, `receipt.busy`, `payment.crowded` or `ledger.unavailable`.
 */
export async function importReceipt(
  context: ImportContext,
  request: ImportReceipt,
): Promise<{ readonly entry: Entry; readonly replayed: boolean }> {
  const foreign = checked(context, request);
  const next = foreignEntry(context, foreign);
  const payment = { merchant: context.merchant.id, paymentId: foreign.receipt.payment_id };
  const [outcome] = await acceptFromFamily(context, payment, (family) => {
    const same = family.acceptedAs((entry) =>
      isSame({ entry, first: family.firstVersion(entry), next }, foreign),
    );
    if (same.length === 0) return [nextVersion(family, next)];
    assertSameContent(same, foreign);
    return { accepted: same };
  });
  // Under another payment, the mark may be in the ledger all the same.
  if (outcome === undefined || outcome.kind === 'conflict') throw markKnown();
  const announced = await announceOutcome(context, next, outcome);
  if (announced.kind === 'conflict' || announced.entry.contentDigest !== foreign.contentDigest)
    throw markKnown();
  const entry = await registered(context, announced.entry, foreign);
  return { entry, replayed: announced.kind === 'replayed' };
}

const dayMs = 86_400_000;

/** Checks the receipt as one of the day on which it was registered, and the mark against it. */
function checked(
  { merchant, clock }: ImportContext,
  { receipt: given, link: said }: ImportReceipt,
): ForeignReceipt {
  const link = String(said);
  const shown = parseReceiptLink(link);
  const registeredAt = new Date(shown.mark.registered_at);
  // A day, since the zone of a register's clock is not known.
  if (registeredAt.getTime() > clock().getTime() + dayMs) throw markDiffers('of a day to come');
  const result = checkReceipt(given, {
    now: registeredAt,
    company: merchant.company,
    receiptMethod: merchant.receiptMethod,
    merchantId: merchant.receiptMerchantId ?? merchant.id,
  });
  if (!result.ok) throw receiptInvalid(result.faults);
  const { receipt } = result;
  if (shown.country !== countryOf(receipt.receipt_format)) throw markDiffers('in another country');
  if (shown.country === 'ru') {
    // A test register prints `7` whatever the total.
    const isTest = shown.host === 'consumer.1-ofd-test.ru';
    if (!isTest && parseAmount(shown.total) !== parseAmount(receipt.total))
      throw markDiffers('of another total');
    if (operationTypes[shown.calculation_sign - 1] !== receipt.operation_type)
      throw markDiffers('of another operation type');
  }
  const kept = link.includes('://') ? link : null;
  return {
    receipt,
    contentDigest: receiptDigest(Object(given), receipt),
    registration: { providerDocumentId: null, mark: shown.mark, link: kept, details: {} },
  };
}

/** Operation types by FFD tag 1054, from 1. */
const operationTypes = ['sell', 'sell_refund', 'buy', 'buy_refund'];

/** Returns the entry of the receipt, under an account that nothing is ever delivered to. */
function foreignEntry(
  { createId, merchant }: ImportContext,
  { receipt, ...foreign }: ForeignReceipt,
): NewEntry {
  const id = createId();
  return {
    id,
    merchant: merchant.id,
    provider: registerOfOthers,
    account: registerOfOthers,
    operation: receiptOperation,
    orderingKey: paymentQueue(registerOfOthers, receipt.payment_id),
    facets: receiptFacets(receipt),
    document: { ...receipt },
    request: {
      operation: receiptOperation,
      reference: id,
      businessTime: new Date(foreign.registration.mark.registered_at),
      body: new Uint8Array(),
    },
    idempotencyKey: `mark:${markName(foreign.registration.mark)}`,
    contentDigest: foreign.contentDigest,
    uniqueKeys: [],
  };
}

/** Returns the entry, as the next version of one that an operator has rejected meanwhile. */
function nextVersion(family: ReceiptFamily, next: NewEntry): NewEntry {
  const [first] = family.acceptedAs(({ idempotencyKey }) => idempotencyKey === next.idempotencyKey);
  const rejected = first && family.newestVersion(first.id);
  return rejected ? { ...next, idempotencyKey: nextVersionKey(rejected.id) } : next;
}

interface PossiblySame {
  readonly entry: Entry;
  /** Its first version, whose key names the mark of a receipt of another system. */
  readonly first: Entry;
  readonly next: NewEntry;
}

/** Whether an entry is the receipt, or may turn out to be it. */
function isSame(
  { entry, first, next }: PossiblySame,
  { registration, contentDigest }: ForeignReceipt,
): boolean {
  if (entry.state === 'rejected') return false;
  if (entry.account === registerOfOthers) return first.idempotencyKey === next.idempotencyKey;
  const mark = entry.registration?.mark;
  return mark ? markName(mark) === markName(registration.mark) : entry.contentDigest === contentDigest;
}

/** Refuses a mark that another receipt has, and a receipt that the ledger has without a mark by now. */
function assertSameContent(same: readonly Entry[], { contentDigest }: ForeignReceipt): void {
  for (const entry of same) {
    if (entry.contentDigest !== contentDigest) throw markKnown();
    if (!entry.registration?.mark && entry.account !== registerOfOthers) throw receiptTwin(entry);
  }
}

/** Returns the numbers by which a tax service knows a receipt. */
function markName(mark: FiscalMark): string {
  const numbers =
    mark.country === 'ru'
      ? [mark.fiscal_storage_number, mark.fiscal_document_number, mark.fiscal_attribute]
      : [mark.terminal_id, mark.receipt_number, mark.fiscal_sign];
  return [mark.country, ...numbers.map((number) => number.replace(/^0+(?=\d)/, ''))].join(':');
}

/** Number of tries on an entry that changes meanwhile: an equal request may register it first. */
const tries = 5;

/** Writes the registration down; where a process ended before it could, a repeat does. */
async function registered(
  context: ImportContext,
  stored: Entry,
  { registration }: ForeignReceipt,
): Promise<Entry> {
  let entry = stored;
  for (let tried = 0; tried < tries; tried += 1) {
    if (entry.account !== registerOfOthers || entry.state === 'registered') return entry;
    const transition = transitionByOperator(entry, { action: 'resolve', registration });
    if (typeof transition === 'string') throw entryBusy();
    const { id } = entry;
    const given = { id, by: 'import', reason: 'Registered by another system.' };
    const note = { given, action: 'resolve', registration } as const;
    const written = await writeIntervention(context, entry, { transition, note });
    if (written !== null) return written;
    entry = (await context.store.entry(id)) ?? entry;
  }
  throw entryBusy();
}
