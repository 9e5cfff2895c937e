import { markedReceipt } from './receipts.js';

/** Own correction in FFD 1.05: sums that were not registered, without positions. */
export const plainCorrection = {
  receipt_format: 'ru_1_05',
  merchant_id: '542088',
  payment_id: '764239789',
  operation_type: 'sell_correction',
  correction_info: { type: 'self', base_date: '2026-02-27' },
  vat_totals: [
    { vat_code: 'vat_22', turnover: 100 },
    { vat_code: 'vat_10', turnover: 100 },
  ],
  settlements: [{ type: 'cashless', sum: 200 }],
};

/** Correction in FFD 1.05 by order of the tax office, of purchases of a whole day. */
export const orderedCorrection = {
  receipt_format: 'ru_1_05',
  merchant_id: '542088',
  operation_type: 'buy_correction',
  correction_info: { type: 'instruction', base_date: '2025-12-30', base_number: '17-4/А' },
  company: { inn: '5544332219', tax_system: 'osn', payment_address: 'https://shop.example' },
  customer: { phone: '+79000000000' },
  vat_totals: [
    { vat_code: 'vat_20', turnover: '1200.00', vat: '200.00' },
    { vat_code: 'none', turnover: 300, vat: 0 },
  ],
  settlements: [
    { type: 'cash', sum: '1000.00' },
    { type: 'cashless', sum: 500 },
  ],
  total: '1500.00',
};

const {
  receipt_format: _format,
  operation_type: _operation,
  customer: _customer,
  ...markedContent
} = markedReceipt;

/** Own correction in FFD 1.2, with the positions of the sale that was not registered. */
export const markedCorrection = {
  ...markedContent,
  receipt_format: 'ru_1_2',
  operation_type: 'sell_correction',
  correction_info: { type: 'self', base_date: '2026-02-27' },
};

/** Correction of a refund in FFD 1.2: a wrong sale is taken back. */
const refundCorrection = {
  ...markedCorrection,
  operation_type: 'sell_refund_correction',
  correction_info: { type: 'instruction', base_date: '2026-02-27', base_number: '118' },
  customer: { email: 'buyer@example.com' },
};

/** Correction from a serializer that writes every member. */
export const fullyWrittenCorrection = {
  ...plainCorrection,
  merchant_id: 542088,
  payment_id: '',
  correction_info: { type: 'self', base_date: '2026-02-27', base_number: null },
  vat_totals: [{ vat_code: 'vat_22', turnover: '200.0000', vat: null }],
  customer: { email: null, phone: '' },
  company: null,
  total: '',
};

/** Sound corrections. */
export const corrections = [
  plainCorrection,
  orderedCorrection,
  markedCorrection,
  refundCorrection,
  fullyWrittenCorrection,
];
