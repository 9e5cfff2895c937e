import type { Entry } from '@fiscalkit/ledger';
import type { JournalledReceipt } from '@fiscalkit/sandbox';
import { merchantOf } from '../generator/merchants.js';
import type { PlannedDocument, PlannedGround, PlannedReceipt } from '../generator/planned-document.js';

/** A receipt of the provider's journal; a correction with its ground. */
export interface RegisteredReceipt extends JournalledReceipt {
  readonly ground?: PlannedGround | null;
}

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
  ground = null,
}: Pick<RegisteredReceipt, 'operation_type' | 'total' | 'positions' | 'ground'>): string {
  const lines = positions.map(({ name, quantity, price, payment_method }) =>
    lineKey([name, quantity, Math.round(price * 100), payment_method ?? '']),
  );
  return textOf(operation_type, { totalMinor: Math.round(total * 100), lines, ground });
}

/** Returns the same of a planned receipt. */
export function plannedContentKey({ operation, totalMinor, lines, ground }: PlannedReceipt): string {
  const keys = lines.map(({ goods, quantity, priceMinor, paymentMethod }) =>
    lineKey([goods, quantity, priceMinor, paymentMethod]),
  );
  return textOf(operation, { totalMinor, lines: keys, ground });
}

interface Content {
  readonly totalMinor: number;
  readonly lines: readonly string[];
  readonly ground: PlannedGround | null;
}

function textOf(operation: string, { totalMinor, lines, ground }: Content): string {
  const content = `${operation} ${totalMinor} [${lines.join('; ')}]`;
  return ground === null
    ? content
    : `${content} ${[ground.type, ground.base_date, ground.base_number].join(' ')}`;
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
