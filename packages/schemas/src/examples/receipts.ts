/** Sound receipt in FFD 1.05. */
export const russianReceipt = {
  receipt_format: 'ru_1_05',
  merchant_id: '542088',
  payment_id: '764239789',
  operation_type: 'sell',
  customer: { email: 'buyer@example.com' },
  positions: [
    {
      name: 'Tea',
      quantity: 2,
      price: 50,
      vat_code: 'vat_22',
      payment_method: 'full_payment',
      payment_object: 'goods',
    },
    {
      name: 'Cup',
      quantity: 1,
      price: 100,
      vat_code: 'vat_10',
      payment_method: 'full_payment',
      payment_object: 'goods',
    },
  ],
  settlements: [{ type: 'cashless', sum: 200 }],
};

/** Sound receipt in FFD 1.2, with marked goods. */
export const markedReceipt = {
  ...russianReceipt,
  receipt_format: 'ru_1_2',
  positions: [
    {
      name: 'Shoes',
      quantity: 1,
      price: 200,
      vat_code: 'vat_22',
      payment_method: 'full_payment',
      payment_object: 'marked',
      mark_code_type: { gs_1m: '010463003407001221CMK45BrhN0WLf' },
      payment_object_industry_details: [
        { federal_id: '030', document_date: '2023-11-21', document_number: '1944', value: 'UUID=1&Time=2' },
      ],
      agent_type: 'payment_agent',
      supplier: { name: 'Maker', phone: '+79000000000', inn: '7709364346' },
    },
  ],
  receipt_industry_details: [
    { federal_id: '001', document_date: '2020-11-18', document_number: '123/43', value: 'Id1=Value1' },
  ],
  receipt_operating_details: { operation_id: 0, value: 'data', created_at: '2026-03-01T10:00:00Z' },
  additional_user_props: { name: 'order', value: '17' },
};

/** Half a litre out of a marked keg: a measured item has any quantity. */
export const measuredReceipt = {
  ...russianReceipt,
  receipt_format: 'ru_1_2',
  positions: [
    {
      name: 'Draught beer',
      quantity: 0.5,
      price: 400,
      measure: 'liter',
      vat_code: 'vat_22',
      payment_method: 'full_payment',
      payment_object: 'marked_excise',
      mark_code_type: { mark_code_raw: '0104600000000015215AbcdE\u001d93xYz1' },
    },
  ],
};

/** Five of the twenty pieces of a marked pack: a share has the quantity 1 and the price of the share. */
export const sharedReceipt = {
  ...russianReceipt,
  receipt_format: 'ru_1_2',
  positions: [
    {
      name: 'Tablets',
      quantity: 1,
      price: 100,
      measure: 'piece',
      vat_code: 'vat_10',
      payment_method: 'full_payment',
      payment_object: 'marked',
      mark_quantity: { numerator: 5, denominator: 20 },
      mark_code_type: { mark_code_raw: '0104607177950990215ifGTqopPcrq5\u001d93gCXj' },
    },
  ],
  settlements: [{ type: 'cashless', sum: 100 }],
};

/** Receipt from a serializer that writes every member and a database that writes every decimal. */
export const fullyWrittenReceipt = {
  ...russianReceipt,
  customer: { email: 'buyer@example.com', phone: null, full_name: '', inn: null },
  company: null,
  positions: [
    {
      name: 'Tea',
      quantity: '2.0000',
      price: '100.0000',
      measure: '',
      vat_code: 'vat_22',
      sum: null,
      payment_method: 'full_payment',
      payment_object: 'goods',
      agent_type: null,
      supplier: null,
    },
  ],
  total: null,
  receipt_method: null,
  additional_user_props: '',
};

/** Sound receipt in Uzbekistan. */
export const uzbekReceipt = {
  receipt_format: 'uz_1_0',
  merchant_id: '542088',
  payment_id: '764239789',
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

/** Request for creating a receipt from the provider's page, placeholder included. */
export const documentedRequest = {
  receipt_format: 'ru_1_05',
  merchant_id: 542088,
  payment_id: 764239789,
  operation_type: 'sell',
  customer: {
    email: '[email\u00a0protected]',
  },
  positions: [
    {
      price: 50.0,
      name: 'Товар №1',
      quantity: 2.0,
      vat_code: 'vat_20',
      payment_method: 'full_payment',
      payment_object: 'goods',
    },
    {
      price: 100.0,
      name: 'Товра №2',
      quantity: 1.0,
      vat_code: 'vat_20',
      payment_method: 'full_payment',
      payment_object: 'goods',
    },
  ],
  settlements: [
    {
      type: 'cashless',
      sum: 200.0,
    },
  ],
};
