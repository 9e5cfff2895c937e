/** Every filter of the receipts list, alone and together, and offsets to the end of so many receipts. */
export function listPaths(receipts: number): string[] {
  const queries = [
    {},
    { limit: '100' },
    { offset: String(receipts / 2), limit: '100' },
    { offset: String(receipts - 10) },
    { offset: String(2 * receipts) },
    { payment_id: String(receipts / 2) },
    { payment_id: '1000000001' },
    { operation_type: 'sell_refund', limit: '100' },
    { operation_type: 'sell_refund', offset: String(receipts / 20) },
    { operation_type: 'buy' },
    { status: 'pending', limit: '100' },
    { status: 'rejected' },
    { status: 'registered', offset: String(receipts - 10) },
    { total: '200', limit: '100' },
    { total: '777.77' },
    { name: 'Кофе в зёрнах, 250 г', limit: '100' },
    { name: 'нет' },
    { name: 'нет', status: 'registered', operation_type: 'sell_refund' },
    { total: '777.77', operation_type: 'sell', status: 'rejected' },
    { 'created_at[lte]': '2020-01-01' },
  ];
  return queries.map((query) => {
    const text = new URLSearchParams(query).toString();
    return text === '' ? '/v5/receipts' : `/v5/receipts?${text}`;
  });
}
