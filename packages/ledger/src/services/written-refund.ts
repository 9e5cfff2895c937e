import type { Fault } from '@fiscalkit/schemas';
import type { Entry, NewEntry } from '../entry/entry.js';
import { receiptDocument } from '../entry/receipt-origin.js';
import { type Dependent, isRefund, saleDependency } from '../entry/sale-dependency.js';
import type { AcceptOutcome } from '../store/ledger-store.js';
import { acceptFromFamily } from './accept-derived.js';
import { acceptEntry, announceOutcome } from './accept-entry.js';
import { receiptBusy, receiptInvalid } from './errors.js';
import type { LedgerContext } from './ledger-context.js';
import type { Merchant } from './merchants.js';
import { type ReceiptFamily, readFamily, refundable } from './receipt-family.js';
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
    warnings = warningsOfRefund(family, entry);
    const isRepeat = family.acceptedAs((each) => isSameRefund(each, entry)).length > 0;
    if (merchant.warningsAsFaults && !isRepeat && warnings.length > 0) throw receiptInvalid(warnings);
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

/** A refund that was not made by the ledger, accepted or not. */
type WrittenRefund = Dependent & Partial<Pick<NewEntry, 'idempotencyKey' | 'contentDigest'>>;

/** Returns the warnings about a refund that its document alone does not show. */
export function warningsOfRefund(family: ReceiptFamily, refund: WrittenRefund): readonly Fault[] {
  const dependsOn = saleDependency(refund);
  if (dependsOn === null) return [];
  if (!family.knowsSale(dependsOn)) return [refundWithoutSale];
  const sale = family.onlySale(dependsOn);
  if (sale === undefined || !family.isWhole) return [];
  const receipts = family.takenReceipts(sale, (entry) => isSameRefund(entry, refund)).map(refundable);
  const { warnings } = shareRefund(receiptDocument(refund), receipts);
  return warnings.filter(({ code }) => code === 'refund.beyond-sale');
}

/** Whether an entry is what this refund would be taken for a repeat of. */
function isSameRefund(entry: Entry, { idempotencyKey, contentDigest }: WrittenRefund): boolean {
  return entry.idempotencyKey === idempotencyKey || entry.contentDigest === contentDigest;
}

/** Warning for a refund of a payment without a sale in the ledger. No rule of the document can detect it. */
export const refundWithoutSale: Fault = {
  code: 'refund.without-sale',
  path: '$.operation_type',
  message: 'The ledger has no receipt of this payment that the refund could be of.',
  severity: 'warning',
};
