import type { Entry } from '@fiscalkit/ledger';
import type { JournalledReceipt } from '@fiscalkit/sandbox';
import { merchantOf } from '../generator/merchants.js';
import type { PlannedDocument, PlannedReceipt } from '../generator/planned-document.js';

/** The name of the payment that a confirmation is for: the provider keeps one link for it. */
export function confirmationKey(wallet: string, paymentId: string): string {
  return `${wallet} ${paymentId}`;
}

/** A receipt's payment as the provider knows it. */
export function paymentKey(providerMerchantId: string, paymentId: string): string {
  return `${providerMerchantId} ${paymentId}`;
}

/** All by which one receipt of a payment differs from another at the provider, as it was received there. */
export function contentKey({ operation_type, total, positions }: JournalledReceipt): string {
  const lines = positions.map(({ name, quantity, price, payment_method }) =>
    lineKey([name, quantity, Math.round(price * 100), payment_method ?? '']),
  );
  return textOf(operation_type, Math.round(total * 100), lines);
}

/** The same of a planned receipt. */
export function plannedContentKey({ operation, totalMinor, lines }: PlannedReceipt): string {
  const keys = lines.map(({ goods, quantity, priceMinor, paymentMethod }) =>
    lineKey([goods, quantity, priceMinor, paymentMethod]),
  );
  return textOf(operation, totalMinor, keys);
}

function textOf(operation: string, totalMinor: number, lines: readonly string[]): string {
  return `${operation} ${totalMinor} [${lines.join('; ')}]`;
}

function lineKey(parts: readonly (string | number)[]): string {
  return parts.join(' ');
}

/** The payment of a planned receipt, as the provider knows it. */
export function plannedPaymentKey({ merchant, paymentId }: PlannedReceipt): string {
  return paymentKey(merchantOf(merchant).providerId, paymentId);
}

/** The entry that a confirmation is stored as, by all that identifies it. */
export function storedConfirmationKey({ merchant, operation, facets }: Entry): string {
  return `${merchant} ${operation} ${facets.paymentId}`;
}

/** The same of a planned confirmation; `null` for a receipt, whose entry is known by its id. */
export function plannedConfirmationKey(document: PlannedDocument): string | null {
  if (document.kind === 'receipt') return null;
  return `${document.merchant} confirmation.${document.wallet} ${document.paymentId}`;
}
