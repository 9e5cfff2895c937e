import type { Books } from '../books.js';
import { paymentKey } from '../identity.js';
import type { Violation } from '../violation.js';

/** Looks for refunds that the provider took while it had no sale of the payment, or rejected ones only. */
export function checkRefunds({ provider }: Books): Violation[] {
  const sold = new Set<string>();
  return provider.receipts.flatMap(
    ({ merchant_id, payment_id, operation_type, status, receipt_id }): Violation[] => {
      if (status === 'rejected') return [];
      const payment = paymentKey(merchant_id, payment_id);
      if (operation_type === 'sell') sold.add(payment);
      if (operation_type !== 'sell_refund' || sold.has(payment)) return [];
      return [{ kind: 'refund-without-sale', what: `payment ${payment}: ${receipt_id} is ${status}` }];
    },
  );
}
