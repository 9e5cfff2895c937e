import { generateKeyPairSync } from 'node:crypto';
import { checkReceipt } from '@fiscalkit/schemas';
import type { OrangedataSettings } from './settings.js';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** Private key of signatures, in PEM, and the public one of it. */
export const signatureKey = String(privateKey.export({ format: 'pem', type: 'pkcs8' }));
export { publicKey };

export const inn = '7727401209';

/** Settings of the public test stand, but for the keys, which are of this process. */
export const settings: OrangedataSettings = {
  inn,
  format: 'ru_1_05',
  signatureKey,
  paymentAddress: 'shop.example',
  baseUrl: 'http://127.0.0.1:1/api/v2',
};

/** Seller as OrangeData's public test organisation. */
export const company = {
  inn,
  email: 'shop@example.org',
  tax_system: 'osn',
  payment_address: 'shop.example',
} as const;

/** Sound receipt in FFD 1.05, with little more than what is required. */
export const plainReceipt = {
  receipt_format: 'ru_1_05',
  merchant_id: 'shop',
  payment_id: 'order-42',
  operation_type: 'sell',
  customer: { email: 'buyer@example.org' },
  company,
  positions: [
    {
      name: 'Tea',
      price: 50,
      quantity: 2,
      vat_code: 'vat_22',
      payment_method: 'full_payment',
      payment_object: 'goods',
    },
  ],
  settlements: [{ type: 'cashless', sum: 100 }],
} as const;

/** Receipt in FFD 1.05 with every optional field that can stand beside the others. */
export const fullReceipt = {
  ...plainReceipt,
  customer: { phone: '79161234567', full_name: 'Анна', inn: '7709364346' },
  positions: [
    {
      ...plainReceipt.positions[0],
      measure: 'kilogram',
      agent_type: 'commissioner',
      supplier: { name: 'ООО «Дом»', phone: '89000000000', inn: '7709364346' },
    },
  ],
  additional_user_props: { name: 'order', value: '17' },
} as const;

/** Receipt in FFD 1.2 with every optional field that can stand beside the others. */
export const markedReceipt = {
  ...fullReceipt,
  receipt_format: 'ru_1_2',
  positions: [
    {
      ...fullReceipt.positions[0],
      quantity: 1,
      price: 100,
      measure: 'piece',
      payment_object: 'marked',
      mark_code_type: { gs_1m: '010463003407001221CMK45BrhN0WLf' },
      mark_quantity: { numerator: 1, denominator: 4 },
      payment_object_industry_details: [
        { federal_id: '030', document_date: '2023-11-21', document_number: '1944', value: 'UUID=1&Time=2' },
      ],
    },
  ],
  receipt_industry_details: [
    { federal_id: '001', document_date: '2020-11-18', document_number: '123/43', value: 'Id1=Value1' },
  ],
  receipt_operating_details: { operation_id: 17, value: 'data', created_at: '2026-03-01T10:00:00Z' },
} as const;

/** Returns a receipt, or a changed one, checked and normalised. */
export function checked(
  receipt: Readonly<Record<string, unknown>> = plainReceipt,
  changes: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const check = checkReceipt({ ...receipt, ...changes }, { now: new Date('2026-03-14T09:05:31Z') });
  if (!check.ok) throw new Error(check.faults.map(({ code, path }) => `${code} ${path}`).join());
  return { ...check.receipt };
}

/** Returns a receipt whose only position is changed, checked and normalised. */
export function withPosition(
  receipt: typeof plainReceipt | typeof fullReceipt | typeof markedReceipt,
  changes: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return checked(receipt, { positions: [{ ...receipt.positions[0], ...changes }] });
}
