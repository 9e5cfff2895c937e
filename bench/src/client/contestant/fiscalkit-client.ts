import { createFreedompayClient } from '@fiscalkit/client/freedompay';
import type { ReceiptInput } from '@fiscalkit/schemas';
import { demoMerchant } from '../../receipts/demo-merchant.js';
import { sale } from '../../receipts/sale.js';
import { answeredPaymentId } from '../instant-provider/example-answer.js';
import { type Contestant, inFlight } from './contestant.js';

/** `receipts.create`: checks the receipt, signs it, sends it, reads the provider's receipt. */
export function fiscalkitClient(baseUrl: string): Contestant {
  const client = createFreedompayClient({ ...demoMerchant, baseUrl, connections: inFlight });
  const receipt = sale(answeredPaymentId) as ReceiptInput;
  return { call: () => client.receipts.create(receipt) };
}
