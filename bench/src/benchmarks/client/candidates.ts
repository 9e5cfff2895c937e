import { randomUUID } from 'node:crypto';
import type { RegistrationRequest } from '@fiscalkit/client';
import { createFreedompay, createFreedompayClient } from '@fiscalkit/client/freedompay';
import { checkReceipt } from '@fiscalkit/schemas';
import { demoMerchant, sampleSale, signRequest } from '@fiscalkit/testing';
import { CurrencyEnum, type IAmount, type Receipts, YooKassa } from '@webzaytsev/yookassa-ts-sdk';
import { type Dispatcher, Pool } from 'undici';
import { answeredPaymentId } from './example-answer.js';

/** Creates a receipt once; resolves with the client's result. */
type Call = () => Promise<unknown>;

/** Calls in flight at the same time, and connections for them. */
export const inFlight = 50;

/** The candidates by their name in the table: each makes a client of the API at an address. */
export const candidates = {
  'undici request': undiciRequest,
  'undici dispatch': undiciDispatch,
  'receipts.create': fiscalkitClient,
  'provider.submit': fiscalkitSubmit,
  'yookassa-ts-sdk': yookassaSdk,
} as const satisfies Record<string, (baseUrl: string) => Call>;

export type CandidateName = keyof typeof candidates;

/** Makes what a careful caller writes: `request` on a `Pool` of one origin, and the answer read to JSON. */
function undiciRequest(baseUrl: string): Call {
  const pool = new Pool(baseUrl, { connections: inFlight });
  const sale = signedSale();
  return async () => {
    const { body } = await pool.request(sale);
    return body.json();
  };
}

/** Makes the least that undici can do: `dispatch`, without a stream, and the answer read to JSON. */
function undiciDispatch(baseUrl: string): Call {
  const pool = new Pool(baseUrl, { connections: inFlight });
  const sale = signedSale();
  return () => new Promise((resolve, reject) => pool.dispatch(sale, reader(resolve, reject)));
}

function reader(
  resolve: (answer: unknown) => void,
  reject: (error: Error) => void,
): Dispatcher.DispatchHandler {
  const chunks: Buffer[] = [];
  return {
    onRequestStart: () => {},
    onResponseStart: () => {},
    onResponseData: (_, chunk) => void chunks.push(chunk),
    onResponseEnd: () => resolve(JSON.parse(Buffer.concat(chunks).toString())),
    onResponseError: (_, error) => reject(error),
  };
}

/** Makes `receipts.create`: checks the receipt, signs it, sends it, reads the provider's receipt. */
function fiscalkitClient(baseUrl: string): Call {
  const client = createFreedompayClient({ ...demoMerchant, baseUrl, connections: inFlight });
  const receipt = sampleSale(answeredPaymentId);
  return () => client.receipts.create(receipt);
}

/** Makes `provider.submit` as the ledger calls it: signs the stored bytes, sends them, reads the verdict. */
function fiscalkitSubmit(baseUrl: string): Call {
  const provider = createFreedompay({ ...demoMerchant, baseUrl, connections: inFlight });
  const request = frozenSale();
  return () => provider.submit(request);
}

/** Returns the sale as the ledger stores it: its request bytes are those that `receipts.create` sends. */
function frozenSale(): RegistrationRequest {
  const check = checkReceipt(sampleSale(answeredPaymentId));
  if (!check.ok) throw new Error('the sale of the benchmark has faults');
  const identity = { reference: randomUUID(), businessTime: new Date() };
  return createFreedompay(demoMerchant).freeze(
    { operation: 'receipt', document: { ...check.receipt } },
    identity,
  );
}

/** Returns the request that `receipts.create` sends, with its bytes, headers and signature made already. */
function signedSale() {
  const [method, path] = ['POST', '/v5/receipts'] as const;
  const { body, reference } = frozenSale();
  const headers = {
    accept: 'application/json',
    'x-request-id': reference,
    'content-type': 'application/json',
    'x-jws-signature': signRequest(method, path, body),
  };
  return { method, path, headers, body: Buffer.from(body) };
}

/**
 * Makes the peer's `receipts.create` for a sale of the same positions. Its page names `endpoint` for another
 * address of the API; `maxRPS`, five calls a second by default, is put out of the way, and no call is
 * repeated. It keeps connections alive by Node's own agent.
 */
function yookassaSdk(baseUrl: string): Call {
  const sdk = YooKassa({
    shop_id: '542088',
    secret_key: 'secret_key',
    endpoint: baseUrl,
    maxRPS: 1_000_000,
    retries: 0,
  });
  const position = {
    vat_code: 11,
    measure: 'piece',
    payment_mode: 'full_payment',
    payment_subject: 'commodity',
  } as const;
  const receipt: Receipts.CreateReceiptType = {
    type: 'payment',
    payment_id: '764239789',
    customer: { email: 'buyer@example.com' },
    send: true,
    items: [
      { description: 'Чай чёрный листовой, 100 г', quantity: 2, amount: roubles('50.00'), ...position },
      { description: 'Кофе в зёрнах, 250 г', quantity: 1, amount: roubles('100.00'), ...position },
    ],
    settlements: [{ type: 'cashless', amount: roubles('200.00') }],
  };
  return () => sdk.receipts.create(receipt);
}

function roubles(value: string): IAmount {
  return { value, currency: CurrencyEnum.RUB };
}
