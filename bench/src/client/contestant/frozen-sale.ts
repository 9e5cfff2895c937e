import { randomUUID } from 'node:crypto';
import type { RegistrationRequest } from '@fiscalkit/client';
import { createFreedompay } from '@fiscalkit/client/freedompay';
import { checkReceipt } from '@fiscalkit/schemas';
import { demoMerchant } from '../../receipts/demo-merchant.js';
import { sale } from '../../receipts/sale.js';
import { answeredPaymentId } from '../instant-provider/example-answer.js';

/** The sale as the ledger stores it: its request bytes are those that `receipts.create` sends. */
export function frozenSale(): RegistrationRequest {
  const check = checkReceipt(sale(answeredPaymentId));
  if (!check.ok) throw new Error('the sale of the benchmark has faults');
  const identity = { reference: randomUUID(), businessTime: new Date() };
  return createFreedompay(demoMerchant).freeze(
    { operation: 'receipt', document: { ...check.receipt } },
    identity,
  );
}
