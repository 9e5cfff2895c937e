import { signDetached } from '@fiscalkit/client/jws';
import { demoMerchant } from '../receipts/demo-merchant.js';
import { sale } from '../receipts/sale.js';
import type { LoadPlan } from './load-plan.js';

const path = '/v5/receipts';

/** The requests as they go over the wire, signed, each for the receipt of another payment. */
export function prepareRequests({ url, requests, firstPayment }: LoadPlan): Buffer[] {
  const { host } = new URL(url);
  return Array.from({ length: requests }, (_, index) => requestFor(firstPayment + index, host));
}

function requestFor(paymentId: number, host: string): Buffer {
  const body = Buffer.from(JSON.stringify(sale(paymentId)));
  const head = [
    `POST ${path} HTTP/1.1`,
    `Host: ${host}`,
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
    `X-JWS-Signature: ${signDetached({ method: 'POST', path, body, ...demoMerchant })}`,
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]);
}
