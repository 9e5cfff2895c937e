import { signDetached } from '@fiscalkit/client/jws';
import type { ReceiptObject } from '@fiscalkit/schemas';

const merchant = { merchantId: '542088', secretKey: 'secret_key' } as const;

function receiptFor(paymentId: number, operationType = 'sell'): string {
  return JSON.stringify({
    receipt_format: 'ru_1_05',
    merchant_id: 542088,
    payment_id: paymentId,
    operation_type: operationType,
    customer: { email: 'buyer@example.com' },
    positions: [
      {
        name: 'Чай',
        price: 50,
        quantity: 2,
        vat_code: 'vat_22',
        payment_method: 'full_payment',
        payment_object: 'goods',
      },
    ],
    settlements: [{ type: 'cashless', sum: 100 }],
  });
}

function sign(method: 'GET' | 'POST', path: string, body = ''): string {
  return signDetached({ method, path, body: new TextEncoder().encode(body), ...merchant });
}

/** Asks for a receipt once. Rejects when no answer came: the caller does not know then whether it was accepted. */
export async function askForReceipt(
  gatewayUrl: string,
  paymentId: number,
  operationType?: string,
): Promise<ReceiptObject> {
  const body = receiptFor(paymentId, operationType);
  const response = await fetch(`${gatewayUrl}/v5/receipts`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-JWS-Signature': sign('POST', '/v5/receipts', body) },
    body,
  });
  if (!response.ok) throw new Error(`the gateway answered ${response.status}`);
  const { data } = (await response.json()) as { data: ReceiptObject };
  return data;
}

/** Reads a receipt, waiting for its final state for up to `waitMs`. */
export async function readReceipt(gatewayUrl: string, id: string, waitMs = 0): Promise<ReceiptObject> {
  const path = `/v5/receipts/${id}`;
  const response = await fetch(`${gatewayUrl}${path}?wait=${waitMs}`, {
    headers: { 'X-JWS-Signature': sign('GET', path) },
  });
  if (!response.ok) throw new Error(`the gateway answered ${response.status}`);
  const { data } = (await response.json()) as { data: ReceiptObject };
  return data;
}

/** What the sandbox has registered, as it tells. */
export interface Books {
  readonly receipts: readonly {
    readonly payment_id: string;
    readonly status: string;
    readonly operation_type: string;
  }[];
  readonly confirmations: readonly { readonly wallet: string; readonly payment_id: string }[];
}

export async function readBooks(sandboxUrl: string): Promise<Books> {
  const response = await fetch(`${sandboxUrl}/_sandbox/journal`);
  return (await response.json()) as Books;
}

/** How many documents the sandbox holds for each payment. */
export function documentsPerPayment({ receipts }: Books): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { payment_id } of receipts) counts.set(payment_id, (counts.get(payment_id) ?? 0) + 1);
  return counts;
}

export async function addFault(sandboxUrl: string, rule: object): Promise<void> {
  const response = await fetch(`${sandboxUrl}/_sandbox/faults`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(rule),
  });
  if (!response.ok)
    throw new Error(`the sandbox refused the fault: ${response.status} ${await response.text()}`);
}
