import { signDetached } from '@fiscalkit/client/jws';
import type { DataEnvelope, ReceiptInput, ReceiptObject } from '@fiscalkit/schemas';

type OperationType = ReceiptInput['operation_type'];

/** The merchant that the gateway's demo and the sandbox know from the start. */
export const demoMerchant = { merchantId: '542088', secretKey: 'secret_key' } as const;

const receiptsPath = '/v5/receipts';

/** Returns a sale of two positions, as a shop sends it. */
export function sampleSale(paymentId: number | string, operationType: OperationType = 'sell') {
  const position = { vat_code: 'vat_22', payment_method: 'full_payment', payment_object: 'goods' } as const;
  return {
    receipt_format: 'ru_1_05',
    merchant_id: 542088,
    payment_id: paymentId,
    operation_type: operationType,
    customer: { email: 'buyer@example.com' },
    positions: [
      { name: 'Чай чёрный листовой, 100 г', price: 50, quantity: 2, ...position },
      { name: 'Кофе в зёрнах, 250 г', price: 100, quantity: 1, ...position },
    ],
    settlements: [{ type: 'cashless', sum: 200 }],
  } as const satisfies ReceiptInput;
}

/** Returns the value of `X-JWS-Signature` for a request of the demo merchant; `path` is without its query. */
export function signRequest(method: string, path: string, body: string | Uint8Array = ''): string {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  return signDetached({ method, path, body: bytes, ...demoMerchant });
}

/** Requests a receipt once. Rejects without an answer: whether it was accepted is unknown then. */
export async function askForReceipt(
  gatewayUrl: string,
  paymentId: number,
  operationType?: OperationType,
): Promise<ReceiptObject> {
  const body = JSON.stringify(sampleSale(paymentId, operationType));
  return receiptOf(
    await fetch(`${gatewayUrl}${receiptsPath}`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'X-JWS-Signature': signRequest('POST', receiptsPath, body),
      },
      body,
    }),
  );
}

/** Reads a receipt, waiting up to `waitMs` for its final state. */
export async function readReceipt(gatewayUrl: string, id: string, waitMs = 0): Promise<ReceiptObject> {
  const path = `${receiptsPath}/${id}`;
  const headers = { 'X-JWS-Signature': signRequest('GET', path) };
  return receiptOf(await fetch(`${gatewayUrl}${path}?wait=${waitMs}`, { headers }));
}

async function receiptOf(response: Response): Promise<ReceiptObject> {
  const text = await response.text();
  if (!response.ok) throw new Error(`the gateway answered ${response.status}: ${text}`);
  return (JSON.parse(text) as DataEnvelope<ReceiptObject>).data;
}
