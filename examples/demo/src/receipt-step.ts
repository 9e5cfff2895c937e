import { randomUUID } from 'node:crypto';
import type { DataEnvelope, ErrorEnvelope, ReceiptObject } from '@fiscalkit/schemas';
import { type Answer, call, signatureOf } from './call.js';
import { line } from './print.js';
import { receiptSample } from './samples.js';

type ReceiptAnswer = Answer<DataEnvelope<ReceiptObject> | ErrorEnvelope>;

function receiptOf({ status, body }: ReceiptAnswer): ReceiptObject {
  if ('data' in body) return body.data;
  throw new Error(`the gateway answered ${status}: ${body.error.code}: ${body.error.message}`);
}

function printRegistered(receipt: ReceiptObject): void {
  line(
    'fiscal mark',
    `storage ${receipt.fiscal_storage_number}, document ${receipt.fiscal_document_number}, attribute ${receipt.fiscal_attribute}`,
  );
  line('registered', `${receipt.registered_at}`);
  line('link', `${receipt.link}`);
}

/** Sends the receipt sample, follows it until it is registered, and prints both. Answers the receipt's id. */
export async function fiscalizeReceipt(gatewayUrl: string): Promise<string> {
  console.log('\n1. A receipt: POST /v5/receipts, signed, as the receipts API prints it');
  const created: ReceiptAnswer = await call(`${gatewayUrl}/v5/receipts`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      // The sample is the same at every start, and a receipt of its own each time.
      'Idempotency-Key': `demo-${randomUUID()}`,
      'Fiscalkit-Twin': 'meant',
      'X-JWS-Signature': signatureOf('POST', '/v5/receipts', receiptSample),
    },
    body: receiptSample,
  });
  const accepted = receiptOf(created);
  line('receipt', accepted.receipt_id);
  line('status', `${accepted.status}, answered ${created.milliseconds} ms after the request`);

  const path = `/v5/receipts/${accepted.receipt_id}`;
  const followed: ReceiptAnswer = await call(`${gatewayUrl}${path}?wait=20000`, {
    headers: { 'X-JWS-Signature': signatureOf('GET', path) },
  });
  const receipt = receiptOf(followed);
  line('status', `${receipt.status}, ${followed.milliseconds} ms later`);
  if (receipt.status !== 'registered') throw new Error(`the receipt is ${receipt.status}, not registered`);
  printRegistered(receipt);
  return receipt.receipt_id;
}
