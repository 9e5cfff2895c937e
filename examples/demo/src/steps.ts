import { randomUUID } from 'node:crypto';
import type { DataEnvelope, ErrorEnvelope, ReceiptObject } from '@fiscalkit/schemas';
import { type Answer, call, signatureOf } from './call.js';
import { confirmationSample, receiptSample } from './samples.js';
import { merchant } from './settings.js';

type ReceiptAnswer = Answer<DataEnvelope<ReceiptObject> | ErrorEnvelope>;

/** Sends the receipt sample, follows it until it is registered, and prints both. Returns the receipt's id. */
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

interface ConfirmationAnswer {
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly error: { readonly code: number; readonly message: string } | null;
  readonly is_success: boolean;
}

/** Sends the confirmation sample, and prints its outcome. */
export async function confirmPayment(gatewayUrl: string): Promise<void> {
  console.log('\n2. A payment confirmation: POST /payment/anor_confirm, as the confirmations API prints it');
  const { body, replayed, milliseconds } = await call<ConfirmationAnswer>(
    `${gatewayUrl}/payment/anor_confirm`,
    {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${merchant.apiKey}` },
      body: confirmationSample,
    },
  );
  if (!body.is_success || !body.data) {
    throw new Error(`the confirmation failed: ${body.error?.code}: ${body.error?.message}`);
  }
  line(
    'transaction',
    `${body.data.transaction_id}${replayed ? '  (confirmed at an earlier start: not sent again)' : ''}`,
  );
  line('confirmed', `${body.data.message}, after ${milliseconds} ms`);
  line('payment', `${body.data.payment_id}`);
}

/** Prints one labelled line of a step. */
function line(label: string, text: string): void {
  console.log(`   ${label.padEnd(12)} ${text}`);
}
