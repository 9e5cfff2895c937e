import { hash } from 'node:crypto';
import type { Wallet } from '@fiscalkit/schemas';
import type { ConfirmationRecord } from '../records/record.js';

/** Success data by wallet, with the documented keys in the documented order. */
const dataOf: Record<Wallet, (record: ConfirmationRecord) => Record<string, unknown>> = {
  anor: (record) => ({
    message: 'Fiscalization completed successfully',
    error_code: 0,
    payment_id: providerNumber(record),
    transaction_id: record.paymentId,
  }),
  click: (record) => ({
    payment_id: record.paymentId,
    inn: null,
    qr_code: record.link,
    status: 'successfully',
    error: null,
  }),
  payme: (record) => ({
    id: providerNumber(record),
    result: { receipt: { _id: record.paymentId, create_time: record.at, pay_time: record.at } },
    error: null,
  }),
  uzum: (record) => ({
    payment_id: record.paymentId,
    payment_status: 'SUCCESS',
    error_code: '0',
    error_message: null,
    client_phone_number: null,
  }),
};

/** Returns the `data` of a wallet's confirmation; repeats get the same. */
export function confirmationData(record: ConfirmationRecord): Record<string, unknown> {
  return dataOf[record.wallet](record);
}

/** Returns the provider's own number for a payment: six digits derived from the wallet and its payment id. */
function providerNumber(record: ConfirmationRecord): number {
  const digest = hash('sha256', `${record.wallet}:${record.paymentId}`, 'buffer');
  return 100_000 + (digest.readUInt32BE(0) % 900_000);
}
