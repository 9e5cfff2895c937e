import { CurrencyEnum, type IAmount, type Receipts, YooKassa } from '@webzaytsev/yookassa-ts-sdk';
import type { Contestant } from './contestant.js';

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

/**
 * The peer's `receipts.create` for a sale of the same positions. Its page names `endpoint` for another address of the API;
 * `maxRPS`, five calls a second by default, is put out of the way, and no call is repeated. It keeps connections alive by
 * Node's own agent.
 */
export function yookassaSdk(baseUrl: string): Contestant {
  const sdk = YooKassa({
    shop_id: '542088',
    secret_key: 'secret_key',
    endpoint: baseUrl,
    maxRPS: 1_000_000,
    retries: 0,
  });
  return { call: () => sdk.receipts.create(receipt) };
}

function roubles(value: string): IAmount {
  return { value, currency: CurrencyEnum.RUB };
}
