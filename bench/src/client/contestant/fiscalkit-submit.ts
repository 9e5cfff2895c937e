import { createFreedompay } from '@fiscalkit/client/freedompay';
import { demoMerchant } from '../../receipts/demo-merchant.js';
import { type Contestant, inFlight } from './contestant.js';
import { frozenSale } from './frozen-sale.js';

/** `provider.submit` as the ledger calls it: signs the stored bytes, sends them, reads the verdict. */
export function fiscalkitSubmit(baseUrl: string): Contestant {
  const provider = createFreedompay({ ...demoMerchant, baseUrl, connections: inFlight });
  const request = frozenSale();
  return { call: () => provider.submit(request) };
}
