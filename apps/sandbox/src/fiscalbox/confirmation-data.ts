import { hash } from 'node:crypto';
import type { Wallet } from '@fiscalkit/schemas';
import type { ConfirmationRecord } from '../records/record.js';

/** The success data of each wallet, with the keys of its page in their order. */
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

/** What a wallet's confirmation answers: the same for the first time and every repeat. */
export function confirmationData(record: ConfirmationRecord): Record<string, unknown> {
  return dataOf[record.wallet](record);
}

/** The integer that the provider knows a payment by: six digits that follow from the wallet's own id. */
function providerNumber(record: ConfirmationRecord): number {
  const digest = hash('sha256', `${record.wallet}:${record.paymentId}`, 'buffer');
  return 100_000 + (digest.readUInt32BE(0) % 900_000);
}
