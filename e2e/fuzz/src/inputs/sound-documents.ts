const position = {
  name: 'Чай',
  quantity: 2,
  price: 50,
  vat_code: 'vat_22',
  payment_method: 'full_payment',
  payment_object: 'goods',
};

const russian = {
  receipt_format: 'ru_1_05',
  merchant_id: 542088,
  payment_id: 764239790,
  operation_type: 'sell',
  customer: { email: 'buyer@example.com', phone: '+79000000000' },
  company: { inn: '5544332219', email: 'shop@example.com', tax_system: 'osn', payment_address: 'shop.ru' },
  positions: [position, { ...position, name: 'Cup', quantity: '1.500', price: '66.67', vat_code: 'vat_10' }],
  settlements: [{ type: 'cashless', sum: 200.01 }],
};

const marked = {
  ...russian,
  receipt_format: 'ru_1_2',
  operation_type: 'sell_refund',
  positions: [
    {
      ...position,
      quantity: 1,
      price: 200,
      payment_object: 'marked',
      measure: 'piece',
      mark_code_type: { gs_1m: '010463003407001221CMK45BrhN0WLf' },
      payment_object_industry_details: [
        { federal_id: '030', document_date: '2023-11-21', document_number: '1944', value: 'UUID=1&Time=2' },
      ],
      agent_type: 'payment_agent',
      supplier: { name: 'Maker', phone: '+79000000000', inn: '7709364346' },
    },
  ],
  settlements: [
    { type: 'cashless', sum: 150 },
    { type: 'prepayment', sum: 50 },
  ],
  receipt_industry_details: [
    { federal_id: '001', document_date: '2020-11-18', document_number: '123/43', value: 'Id1=Value1' },
  ],
  receipt_operating_details: { operation_id: 0, value: 'data', created_at: '2026-03-01T10:00:00Z' },
  additional_user_props: { name: 'order', value: '17' },
};

const uzbek = {
  receipt_format: 'uz_1_0',
  merchant_id: '542088',
  payment_id: '764239791',
  operation_type: 'sell',
  company: { inn: '123456789' },
  positions: [
    {
      name: 'Choy',
      quantity: 2,
      price: 50000,
      vat_code: 'vat_12',
      ikpu_code: '10999001001000000',
      package_code: '1520627',
      unit_code: '1',
      commission_info: { tin: '123456789' },
      labels: ['05367567230048c?eN1(o0029'],
      owner_type: 0,
    },
  ],
  settlements: [{ type: 'cashless', sum: 100000 }],
};

/** Receipts of each format that pass every check, with all fields. */
export const soundReceipts: readonly Readonly<Record<string, unknown>>[] = [russian, marked, uzbek];

/** Links to Uzbek receipts. */
export const soliqLinks = [
  'https://ofd.soliq.uz/check?t=UZ170703100597&r=2421&c=20230104121801&s=514343190161',
  'https://ofd.soliq.uz/epi?t=EP000000000001&r=1&c=20240229235959&s=000000000001',
];

/** Links to Russian receipts, and QR codes as text. */
export const russianLinks = [
  'https://consumer.1-ofd-test.ru/v1?fn=9999078900006369&fp=790695398&i=11900&t=20230330T152000&s=7&n=1',
  'https://consumer.1-ofd.ru/v1?fn=9999078900006369&fp=790695398&i=11900&t=20230330T1520&s=200.00&n=2',
  't=20180518T220500&s=975.88&fn=8710000101125654&i=99456&fp=1250448795&n=1',
];
