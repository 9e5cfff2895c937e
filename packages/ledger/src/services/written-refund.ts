import type { Fault } from '@fiscalkit/schemas';
import type { Entry, NewEntry } from '../entry/entry.js';
import { type Dependent, isRefund, type SaleType, saleDependency } from '../entry/sale-dependency.js';
import type { AcceptOutcome } from '../store/ledger-store.js';
import { acceptFromFamily } from './accept-derived.js';
import { acceptEntry, announceOutcome } from './accept-entry.js';
import { receiptBusy, receiptInvalid } from './errors.js';
import type { LedgerContext } from './ledger-context.js';
import type { Merchant } from './merchants.js';
import { type ReceiptFamily, readFamily, refundable, takingDocument } from './receipt-family.js';
import { shareRefund } from './share-refund.js';

/** What came of a receipt, with the warnings that its document alone does not show. */
interface AcceptedWithWarnings {
  readonly outcome: AcceptOutcome;
  readonly warnings: readonly Fault[];
}

/**
 * Accepts a receipt. What a refund takes of its sale is looked at first; where it must not be more than is
 * left, it is accepted only if no other receipt of the payment came meanwhile.
 */
export async function acceptReceipt(
  { merchant, ...context }: LedgerContext & { readonly merchant: Merchant },
  entry: NewEntry,
): Promise<AcceptedWithWarnings> {
  if (!isRefund(entry)) return { outcome: await acceptEntry(context, entry), warnings: [] };
  const payment = { merchant: merchant.id, paymentId: entry.facets.paymentId };
  let warnings: readonly Fault[] = [];
  const checked = (family: ReceiptFamily) => {
    warnings = checkedWarnings(family, entry, merchant.warningsAsFaults);
    return [entry];
  };
  const family = await readFamily(context.store, payment);
  if (!(merchant.warningsAsFaults && family.isWhole)) {
    checked(family);
    return { outcome: await acceptEntry(context, entry), warnings };
  }
  const [outcome] = await acceptFromFamily(context, payment, checked);
  if (outcome === undefined) throw receiptBusy();
  return { outcome: await announceOutcome(context, entry, outcome), warnings };
}

/** Returns the warnings about a refund. Throws `receipt.invalid` with them where they are faults; not of a repeat. */
export function checkedWarnings(
  family: ReceiptFamily,
  entry: NewEntry,
  warningsAsFaults: boolean | undefined,
): readonly Fault[] {
  const warnings = warningsOfRefund(family, entry);
  const isRepeat = family.acceptedAs((each) => isSameRefund(each, entry)).length > 0;
  if (warningsAsFaults && !isRepeat && warnings.length > 0) throw receiptInvalid(warnings);
  return warnings;
}

/** A refund that was not made by the ledger, accepted or not. */
type WrittenRefund = Dependent & Partial<Pick<NewEntry, 'idempotencyKey' | 'contentDigest' | 'onTwin'>>;

/** Returns the warnings about a refund that its document alone does not show. */
export function warningsOfRefund(family: ReceiptFamily, refund: WrittenRefund): readonly Fault[] {
  const dependsOn = saleDependency(refund);
  if (dependsOn === null) return [];
  if (!family.knowsSale(dependsOn)) return [refundWithoutSale];
  return beyondSale(family, refund, dependsOn);
}

/** Returns the warnings about a refund, or the correction of one, that takes more than is left of its sale. */
export function beyondSale(
  family: ReceiptFamily,
  refund: WrittenRefund,
  dependsOn: SaleType,
): readonly Fault[] {
  const sale = family.onlySale(dependsOn);
  if (sale === undefined || !family.isWhole) return [];
  const taken = family.takenReceipts(sale, (entry) => isSameRefund(entry, refund));
  const corrected = family.corrected(dependsOn).map((entry) => ({ entry, takers: [] }));
  const { warnings } = shareRefund(takingDocument(refund), [...taken, ...corrected].map(refundable));
  return warnings.filter(({ code }) => code === 'refund.beyond-sale');
}

/** Whether an entry is what this refund would be taken for a repeat of: an equal one is not, where it is meant. */
function isSameRefund(entry: Entry, { idempotencyKey, contentDigest, onTwin }: WrittenRefund): boolean {
  if (entry.idempotencyKey === idempotencyKey) return true;
  return onTwin !== undefined && entry.contentDigest === contentDigest;
}

/** Warning for a refund that is accepted by a statement, which can't read what is left of the sale. */
export const refundNotCompared: Fault = {
  code: 'refund.not-compared',
  path: '$.operation_type',
  message:
    'A statement can not compare a refund with what is left of its sale: use acceptWithin, refund or create.',
  severity: 'warning',
};

/** Warning for a refund of a payment without a sale in the ledger. No rule of the document can detect it. */
const refundWithoutSale: Fault = {
  code: 'refund.without-sale',
  path: '$.operation_type',
  message: 'The ledger has no receipt of this payment that the refund could be of.',
  severity: 'warning',
};
