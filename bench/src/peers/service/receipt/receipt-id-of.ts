import { createHash } from 'node:crypto';
import type { ReceiptDto } from './receipt.dto.js';

/** One id for one operation on one payment, however often it is asked for: a name-based UUID (version 5). */
export function receiptIdOf({ merchant_id, payment_id, operation_type }: ReceiptDto): string {
  const name = JSON.stringify([merchant_id, payment_id, operation_type]);
  const digest = createHash('sha1').update(name).digest('hex');
  const variant = ((Number.parseInt(digest.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `5${digest.slice(13, 16)}`,
    `${variant}${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ].join('-');
}
