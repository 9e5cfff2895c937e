import type { ReceiptFormat } from './receipt-formats.js';

/** The countries whose receipts we know. */
export type Country = 'ru' | 'uz';

/** The country whose rules a receipt format follows. */
export function countryOf(format: ReceiptFormat): Country {
  return format === 'uz_1_0' ? 'uz' : 'ru';
}
