import type { Wallet } from '@fiscalkit/schemas';

/** Link of the documented requests. */
export const qrCode = 'https://ofd.soliq.uz/check?t=UZ170703100597&r=2421&c=20230104121801&s=514343190161';

/** Documented request and its documented answer. */
export interface DocumentedExchange {
  readonly document: Readonly<Record<string, string>>;
  readonly data: Readonly<Record<string, unknown>>;
  /** Id of the payment in the answer, as text. */
  readonly paymentId: string | null;
}

/** Exchanges that the provider's pages document for each wallet. */
export const documentedExchanges: Readonly<Record<Wallet, DocumentedExchange>> = {
  anor: {
    document: { transaction_id: 'a12fc00f-5af5-65b8-adf8-74bff44680ee', qr_code: qrCode },
    data: {
      message: 'Fiscalization completed successfully',
      error_code: 0,
      payment_id: 123456,
      transaction_id: 'a12fc00f-5af5-65b8-adf8-74bff44680ee',
    },
    paymentId: '123456',
  },
  click: {
    document: { payment_id: '4710103925', qr_code: qrCode },
    data: { payment_id: null, inn: null, qr_code: null, status: 'successfully', error: null },
    paymentId: null,
  },
  payme: {
    document: { payment_id: '696e0246c9a128176d5934d8', qr_code: qrCode },
    data: {
      id: 123,
      result: {
        receipt: { _id: '696e0246c9a128176d5934d8', create_time: 1768816711011, pay_time: 1768816711555 },
      },
      error: null,
    },
    paymentId: '696e0246c9a128176d5934d8',
  },
  uzum: {
    document: { payment_id: 'bb75f609-6d97-4b45-9ed3-80e5fcd19ef1', qr_code: qrCode },
    data: {
      payment_id: 'bb75f609-6d97-4b45-9ed3-80e5fcd19ef1',
      payment_status: 'SUCCESS',
      error_code: '0',
      error_message: null,
      client_phone_number: '998712565009',
    },
    paymentId: 'bb75f609-6d97-4b45-9ed3-80e5fcd19ef1',
  },
};

/** Returns the envelope of a success. */
export function success(data: unknown): Record<string, unknown> {
  return { data, error: null, is_success: true };
}

/** Returns the envelope of a failure. */
export function failure(code: unknown, message = 'BILLING_ERROR'): Record<string, unknown> {
  return { data: null, error: { code, message, data: null }, is_success: false };
}
