import { checkReceipt } from '@fiscalkit/schemas';

/** Request that the provider's page prints, with another address of the buyer. */
export const documentedRequest = {
  receipt_format: 'ru_1_05',
  merchant_id: 542088,
  payment_id: 764239789,
  operation_type: 'sell',
  customer: { email: 'buyer@example.com' },
  positions: [
    {
      price: 50,
      name: 'Товар №1',
      quantity: 2,
      vat_code: 'vat_20',
      payment_method: 'full_payment',
      payment_object: 'goods',
    },
    {
      price: 100,
      name: 'Товра №2',
      quantity: 1,
      vat_code: 'vat_20',
      payment_method: 'full_payment',
      payment_object: 'goods',
    },
  ],
  settlements: [{ type: 'cashless', sum: 200 }],
} as const;

/** Returns the documented request, or a changed one, checked and normalised. */
export function checkedReceipt(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const check = checkReceipt({ ...documentedRequest, ...changes });
  if (!check.ok) {
    throw new Error(check.faults.map(({ code, path }) => `${code} ${path}`).join());
  }
  return { ...check.receipt };
}

/** Returns the documented answer to the documented request, or a changed one. */
export function documentedReceipt(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    merchant_id: '542088',
    receipt_id: 'adec9d48-be2a-4bf4-8ca1-3432fd8920c5',
    operation_type: 'sell',
    receipt_format: 'ru_1_05',
    status: 'pending',
    fiscal_document_number: '',
    fiscal_storage_number: null,
    fiscal_attribute: '',
    registered_at: null,
    created_at: '10.04.202315:34:12',
    fiscal_provider_id: null,
    positions: documentedRequest.positions.map((position) => ({
      ...position,
      measure: 'piece',
      sum: position.price * position.quantity,
    })),
    total: 200,
    settlements: [{ type: 'cashless', sum: 200 }],
    receipt_method: 'separately',
    error: null,
    link: null,
    payment_id: '764239789',
    ...changes,
  };
}

/** Changes of the answer once it is registered; the blank in the link is the page's. */
export const registeredFields = {
  status: 'registered',
  fiscal_document_number: 10605,
  fiscal_storage_number: '9999078900006286',
  fiscal_attribute: 923085333,
  registered_at: '29.03.2023 17:37:00',
  fiscal_provider_id: '5e402526-0c20-41c3-b30a-b52e7f903922',
  link: 'https: //consumer.1-ofd-test.ru/v1?fn=9999078900006286&fp=923085333&i=10605&t=20230329T173700&s=7&n=2',
} as const;
