/** Returns a valid sale. */
export function sale(changes: Record<string, unknown> = {}) {
  return {
    receipt_format: 'ru_1_05',
    merchant_id: 542088,
    payment_id: 764239789,
    operation_type: 'sell',
    customer: { email: 'buyer@example.com' },
    positions: [position({ price: 50, quantity: 2 }), position({ price: 100 })],
    settlements: [{ type: 'cashless', sum: 200 }],
    ...changes,
  };
}

export function position(changes: Record<string, unknown> = {}) {
  return {
    name: 'Чай',
    price: 100,
    quantity: 1,
    vat_code: 'vat_22',
    payment_method: 'full_payment',
    payment_object: 'goods',
    ...changes,
  };
}

export const soliqLink = 'https://ofd.soliq.uz/check?t=UZ170703100597&r=2421&c=20230104121801&s=514343190161';

export function confirmation(changes: Record<string, unknown> = {}) {
  return { transaction_id: 'a12fc00f-5af5-65b8-adf8-74bff44680ee', qr_code: soliqLink, ...changes };
}
