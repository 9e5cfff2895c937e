import { isDate } from 'node:util/types';
import type { Provider } from '@fiscalkit/client';
import {
  canonicalJson,
  closingOf,
  countryOf,
  type DerivedReceipt,
  type Fault,
  faultOf,
  formatOffsetTime,
  type ReceiptFormat,
  type RefundPosition,
  receiptFormats,
  refundOf,
  refundsByOrigin,
  registerOffsetHours,
} from '@fiscalkit/schemas';
import type { Entry, NewEntry } from '../entry/entry.js';
import { originOf, receiptDocument } from '../entry/receipt-origin.js';
import { isSettledByPrepayment } from '../entry/sale-dependency.js';
import { sha256Hex } from '../journal/digest.js';
import type { CloseRequest, RefundRequest } from './derive-request.js';
import { derivedFaults, idempotencyConflict, originRejected, originUnregistered } from './errors.js';
import type { IdentityContext } from './frozen-document.js';
import { idempotencyKey } from './idempotency.js';
import { type Merchant, providerOfAccount, providerUnsupported, takes } from './merchants.js';
import { derivedReceiptEntry } from './new-receipt-entry.js';
import { receiptOperation } from './receipt-entry-query.js';
import type { ReceiptFamily, TakingReceipt } from './receipt-family.js';

/** What to make of the ledger's receipt. */
export type Derivation =
  | { readonly relation: 'refund'; readonly request: RefundRequest }
  | { readonly relation: 'closing'; readonly request: CloseRequest };

/** The names by which a repeat of a request is recognised. */
export interface RequestNames {
  readonly key: string;
  readonly digest: string;
  /** Key that only one live entry may have: the caller's own id of the refund or the delivery. */
  readonly uniqueKeys: readonly string[];
}

/** Returns the names of a request to derive from the receipt that has this first version. */
export function namesOf({ relation, request }: Derivation, first: Entry): RequestNames {
  const { merchant: _, receiptId: __, idempotencyKey: key, ...content } = request;
  // Repeated a moment later, a delivery that is said to be now is the same one.
  const deliveredOn = 'deliveredOn' in content ? dayOf(content.deliveredOn, first) : undefined;
  const plain: unknown = JSON.parse(JSON.stringify({ ...content, deliveredOn }));
  const firstId = first.id;
  const digest = sha256Hex(canonicalJson({ relation, origin: firstId, content: plain }).normalize('NFC'));
  const ownId =
    'refundId' in request ? request.refundId : 'deliveryId' in request ? request.deliveryId : null;
  return {
    key: idempotencyKey(key, digest),
    digest,
    uniqueKeys: ownId === undefined || ownId === null ? [] : [`${relation}:${firstId}:${ownId}`],
  };
}

/** Returns the day of a delivery where the registers are. */
function dayOf(deliveredOn: CloseRequest['deliveredOn'], origin: Entry): string | undefined {
  if (!isDate(deliveredOn) || Number.isNaN(deliveredOn.getTime())) return deliveredOn?.toString();
  const { receipt_format } = receiptDocument(origin);
  return formatOffsetTime(deliveredOn, registerOffsetHours(receipt_format)).slice(0, 'YYYY-MM-DD'.length);
}

/** Returns the key of one of several receipts of a request; the first has that of the request. */
function partKey({ key }: Pick<RequestNames, 'key'>, originId: string | undefined): string {
  return `part:${originId}:${key}`;
}

/** Returns the key of the request that an entry was made for, which several may share. */
function requestKeyOf(entry: Entry): string {
  const prefix = partKey({ key: '' }, originOf(entry)?.receipt_id);
  const { idempotencyKey: key } = entry;
  return key.startsWith(prefix) ? key.slice(prefix.length) : key;
}

/**
 * Receipts that a request was accepted as before, each in its newest version, or `null`. Throws
 * `idempotency.conflict`.
 */
export function acceptedBefore(
  family: ReceiptFamily,
  { relation }: Derivation,
  names: RequestNames,
): readonly Entry[] | null {
  // A delivery makes one receipt whatever keys it is called with, and so does a refund with an id of its own.
  const isNamed = relation === 'closing' || names.uniqueKeys.length > 0;
  const accepted = family.acceptedAs(
    (entry) =>
      entry.idempotencyKey === names.key ||
      entry.idempotencyKey === partKey(names, originOf(entry)?.receipt_id) ||
      (isNamed && entry.state !== 'rejected' && entry.contentDigest === names.digest) ||
      (entry.state !== 'rejected' && entry.uniqueKeys.some((name) => names.uniqueKeys.includes(name))),
  );
  if (accepted.length === 0) return null;
  // What was asked for is in the digest of the first version: an operator may have corrected a later one.
  const versions = new Set(accepted.map((entry) => family.firstVersion(entry)));
  if ([...versions].some(({ contentDigest }) => contentDigest !== names.digest)) throw idempotencyConflict();
  const keys = new Set([...versions].map(requestKeyOf));
  const parts = family.acceptedAs((entry) => keys.has(requestKeyOf(entry)));
  return parts.map((entry) => family.newestVersion(entry.id) ?? entry);
}

/** One of the receipts that a request comes to. */
interface PlannedReceipt {
  readonly origin: Entry;
  readonly derived: Extract<DerivedReceipt, { ok: true }>;
  readonly provider: Provider;
}

/** Entries to accept together, with the warnings about them. */
export interface DerivedEntries {
  readonly entries: readonly NewEntry[];
  readonly warnings: readonly Fault[];
}

/** What deriving works with. */
export interface DeriveContext extends IdentityContext {
  readonly merchant: Merchant;
  readonly family: ReceiptFamily;
}

/**
 * Makes the entries of a refund or a closing receipt from what is left of its origin. Throws a `FiscalError`
 * with all faults, `origin.rejected`, `origin.unregistered` or `provider.unsupported`. Stores nothing.
 */
export function deriveEntries(
  context: DeriveContext,
  { origin, derivation, names }: { origin: Entry; derivation: Derivation; names: RequestNames },
): DerivedEntries {
  if (origin.state === 'rejected') throw originRejected();
  const planned =
    derivation.relation === 'refund'
      ? planRefunds(context, origin, derivation.request)
      : [planClosing(context, origin, derivation.request)];
  for (const plan of planned) assertReady(plan.origin, derivation.relation);
  return {
    entries: planned.map((plan, place) =>
      derivedReceiptEntry(context, {
        merchant: context.merchant,
        provider: plan.provider,
        receipt: plan.derived.receipt,
        origin: { entry: plan.origin, relation: derivation.relation, taken: plan.derived.taken },
        idempotencyKey: place === 0 ? names.key : partKey(names, plan.origin.id),
        contentDigest: names.digest,
        uniqueKeys: place === 0 ? names.uniqueKeys : [],
      }),
    ),
    warnings: planned.flatMap(({ derived }) => derived.warnings),
  };
}

/**
 * A refund of a sale waits for it in the ledger. A closing receipt, and the refund of one, would not: they are
 * made when their origin is registered.
 */
function assertReady(origin: Entry, relation: Derivation['relation']): void {
  if (origin.state === 'registered') return;
  if (relation === 'closing' || isSettledByPrepayment(origin.document)) throw originUnregistered();
}

function planRefunds(context: DeriveContext, origin: Entry, request: RefundRequest): PlannedReceipt[] {
  const { family } = context;
  const takers = family.takenOf(origin);
  const closings = takers.filter(({ relation }) => relation === 'closing');
  const { positions } = request;
  if (closings.length === 0) return [planRefund(context, { origin, takers, request, positions })];
  const plan = refundsByOrigin(receiptDocument(origin), {
    positions,
    earlier: takers.map(({ taken }) => taken),
    closings: closings.map(({ entry, taken }) => ({
      receipt: receiptDocument(entry),
      taken,
      earlier: family.takenOf(entry).map((taker) => taker.taken),
    })),
  });
  if (!plan.ok) throw derivedFaults(plan.faults);
  if (plan.refunds.length > 1 && request.settlements)
    throw derivedFaults([faultOf('refund.settlements.several', '$.settlements')]);
  return plan.refunds.map(({ origin: source, positions }) => {
    const from = source === 'prepayment' ? origin : (closings[source]?.entry ?? origin);
    return planRefund(context, { origin: from, takers: family.takenOf(from), request, positions });
  });
}

interface OneRefund {
  readonly origin: Entry;
  readonly takers: readonly TakingReceipt[];
  readonly request: RefundRequest;
  readonly positions: readonly RefundPosition[] | undefined;
}

function planRefund(
  context: DeriveContext,
  { origin, takers, request, positions }: OneRefund,
): PlannedReceipt {
  return planned(context, origin, (options) =>
    refundOf(receiptDocument(origin), {
      ...options,
      positions,
      settlements: request.settlements,
      earlier: takers.map(({ taken }) => taken),
      prepaidBy: originOf(origin)?.taken.settlements,
    }),
  );
}

function planClosing(context: DeriveContext, origin: Entry, request: CloseRequest): PlannedReceipt {
  const { positions, settlements, deliveredOn = context.clock() } = request;
  const earlier = context.family.takenOf(origin).map(({ taken }) => taken);
  return planned(context, origin, (options) =>
    closingOf(receiptDocument(origin), { ...options, positions, settlements, earlier, deliveredOn }),
  );
}

interface CircumstancesOfReceipt {
  readonly format: ReceiptFormat;
  readonly now: Date;
  readonly warningsAsFaults: boolean | undefined;
}

/** Derives a receipt in the format that the account of its origin registers today. */
function planned(
  { merchant, clock }: DeriveContext,
  origin: Entry,
  derive: (options: CircumstancesOfReceipt) => DerivedReceipt,
): PlannedReceipt {
  const { provider, format } = accountFor(merchant, origin);
  const { warningsAsFaults } = merchant;
  const derived = derive({ format, now: clock(), warningsAsFaults });
  if (!derived.ok) throw derivedFaults(derived.faults);
  return { origin, derived, provider };
}

/**
 * Returns where the receipt goes: to the account of its origin, in the origin's format or in the one that the
 * account takes of the same country; to another only where that account is not configured any more. Throws a
 * `FiscalError` with code `provider.unsupported`.
 */
function accountFor(
  merchant: Merchant,
  origin: Entry,
): { readonly provider: Provider; readonly format: ReceiptFormat } {
  const { receipt_format: format } = receiptDocument(origin);
  const own = providerOfAccount(merchant, origin.account, receiptOperation);
  const ofCountry = receiptFormats.filter((each) => each !== format && countryOf(each) === countryOf(format));
  const providers = own ? [own] : merchant.providers;
  for (const each of [format, ...ofCountry]) {
    const provider = providers.find((one) => takes(one, receiptOperation, each));
    if (provider) return { provider, format: each };
  }
  throw providerUnsupported(receiptOperation, { format, merchant: own ? undefined : merchant });
}
