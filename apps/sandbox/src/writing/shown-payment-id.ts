import { plainDigits } from './plain-digits.js';
import type { WritingWay } from './writing-way.js';

/** The spelling of a payment id in which the provider keeps it, and by which its list finds it if it goes by its own. */
export function shownPaymentId(paymentId: string, writing: readonly WritingWay[]): string {
  return writing.includes('number-ids') ? plainDigits(paymentId) : paymentId;
}
