import type { Entry } from '@fiscalkit/ledger';
import type { JournalledReceipt } from '@fiscalkit/sandbox';
import { merchantOf } from '../generator/merchants.js';
import type { PlannedDocument, PlannedReceipt } from '../generator/planned-document.js';

/** Returns the key of a confirmation: the provider keeps one link per payment. */
export function confirmationKey(wallet: string, paymentId: string): string {
  return `${wallet} ${paymentId}`;
}

/** Returns the key of a payment at the provider. */
export function paymentKey(providerMerchantId: string, paymentId: string): string {
  return `${providerMerchantId} ${paymentId}`;
}

/** Returns all that distinguishes a receipt from others of its payment, as the provider received it. */
export function contentKey({
  operation_type,
  total,
  positions,
}: Pick<JournalledReceipt, 'operation_type' | 'total' | 'positions'>): string {
  const lines = positions.map(({ name, quantity, price, payment_method }) =>
    lineKey([name, quantity, Math.round(price * 100), payment_method ?? '']),
  );
  return textOf(operation_type, Math.round(total * 100), lines);
}

/** Returns the same of a planned receipt. */
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

/** Returns the key of a planned receipt's payment at the provider. */
export function plannedPaymentKey({ merchant, paymentId }: PlannedReceipt): string {
  return paymentKey(merchantOf(merchant).providerId, paymentId);
}

/** Returns the key of a stored confirmation. */
export function storedConfirmationKey({ merchant, operation, facets }: Entry): string {
  return `${merchant} ${operation} ${facets.paymentId}`;
}

/** Returns the same of a planned confirmation; `null` for a receipt, whose entry is known by its id. */
export function plannedConfirmationKey(document: PlannedDocument): string | null {
  if (document.kind === 'receipt') return null;
  return `${document.merchant} confirmation.${document.wallet} ${document.paymentId}`;
}
