import { signDetached } from '@fiscalkit/client/jws';
import { demoMerchant } from '../../receipts/demo-merchant.js';
import { frozenSale } from './frozen-sale.js';

const method = 'POST';
const path = '/v5/receipts';

/** The request that `receipts.create` sends for the sale, as undici takes it: bytes, headers and signature are made already. */
export function signedSale() {
  const { body, reference } = frozenSale();
  const headers = {
    accept: 'application/json',
    'x-request-id': reference,
    'content-type': 'application/json',
    'x-jws-signature': signDetached({ ...demoMerchant, method, path, body }),
  };
  return { method, path, headers, body: Buffer.from(body) } as const;
}
