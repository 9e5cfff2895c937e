import { personal, secrets } from './canaries.fixture.js';

/** A sound receipt that is full of what nobody else may see. */
export function plantedReceipt(number: number): Record<string, unknown> {
  return {
    receipt_format: 'ru_1_2',
    payment_id: `${personal.paymentId}-${number}`,
    operation_type: 'sell',
    customer: {
      email: personal.buyerEmail,
      phone: `+${personal.buyerPhone}`,
      full_name: personal.buyerName,
      inn: personal.buyerTaxId,
    },
    positions: [
      {
        name: personal.product,
        price: 50,
        quantity: 2,
        vat_code: 'vat_22',
        payment_method: 'full_payment',
        payment_object: 'goods',
        measure: 'piece',
      },
    ],
    settlements: [{ type: 'cashless', sum: 100 }],
    additional_user_props: { name: 'detail', value: personal.userDetail },
  };
}

/** A sound confirmation of the wallet Anor. */
export function plantedConfirmation(number: number): Record<string, string> {
  const { transactionId, fiscalSign } = personal;
  const qr_code = `https://ofd.soliq.uz/check?t=UZ170703100597&r=${number}&c=20230104121801&s=${fiscalSign}`;
  return { transaction_id: `${transactionId}-${number}`, qr_code };
}

/** Receipts with faults everywhere, canaries among their values and their keys. */
export function faultyReceipts(): unknown[] {
  const everything = Object.fromEntries(
    Object.values({ ...personal, ...secrets }).map((value) => [value, value]),
  );
  const sound = plantedReceipt(0);
  return [
    everything,
    { ...sound, ...everything },
    {
      ...sound,
      customer: everything,
      company: everything,
      positions: [everything],
      settlements: [everything],
    },
    {
      ...sound,
      customer: Object.fromEntries(
        ['email', 'phone', 'full_name', 'inn'].map((name) => [name, [personal.buyerEmail]]),
      ),
    },
    {
      ...sound,
      customer: { email: `${personal.buyerEmail}@`, phone: personal.buyerName, inn: personal.buyerPhone },
    },
    { ...sound, receipt_format: personal.buyerEmail },
    {
      ...sound,
      operation_type: personal.buyerName,
      total: personal.buyerPhone,
      merchant_id: secrets.merchantSecret,
    },
    Object.values(personal),
    personal.buyerEmail,
  ];
}
