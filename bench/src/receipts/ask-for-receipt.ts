import { signDetached } from '@fiscalkit/client/jws';
import { demoMerchant } from './demo-merchant.js';
import { sale } from './sale.js';

const path = '/v5/receipts';

/** Asks the gateway for the receipt of a payment; resolves when it is accepted. */
export async function askForReceipt(gatewayUrl: string, paymentId: number): Promise<void> {
  const body = JSON.stringify(sale(paymentId));
  const signing = { method: 'POST', path, body: new TextEncoder().encode(body), ...demoMerchant };
  const response = await fetch(`${gatewayUrl}${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-JWS-Signature': signDetached(signing) },
    body,
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`the gateway answered ${response.status}: ${answer}`);
}
