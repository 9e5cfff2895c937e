import { hash } from 'node:crypto';
import type { Wallet } from '@fiscalkit/schemas';
import type { ConfirmationRecord } from '../records/record.js';

interface WalletAnswers {
  /** Success data, with the documented keys in the documented order. */
  readonly data: (record: ConfirmationRecord) => Record<string, unknown>;
  /** Member that reports an error. */
  readonly error: string;
  /** Member that reports a status, and its spelling of failure and success. */
  readonly word: string;
  readonly failed: string;
  readonly success: string;
}

/** What each wallet answers. */
export const walletAnswers: Readonly<Record<Wallet, WalletAnswers>> = {
  anor: {
    data: (record) => ({
      message: 'Fiscalization completed successfully',
      error_code: 0,
      payment_id: providerNumber(record),
      transaction_id: record.paymentId,
    }),
    error: 'error_code',
    word: 'message',
    failed: 'failed',
    success: 'SUCCESSFULLY',
  },
  click: {
    data: (record) => ({
      payment_id: record.paymentId,
      inn: null,
      qr_code: record.link,
      status: 'successfully',
      error: null,
    }),
    error: 'error',
    word: 'status',
    failed: 'failed',
    success: 'SUCCESSFULLY',
  },
  payme: {
    data: (record) => ({
      id: providerNumber(record),
      result: { receipt: { _id: record.paymentId, create_time: record.at, pay_time: record.at } },
      error: null,
    }),
    error: 'error',
    word: 'status',
    failed: 'failed',
    success: 'SUCCESSFULLY',
  },
  uzum: {
    data: (record) => ({
      payment_id: record.paymentId,
      payment_status: 'SUCCESS',
      error_code: '0',
      error_message: null,
      client_phone_number: null,
    }),
    error: 'error_code',
    word: 'payment_status',
    failed: 'FAILED',
    success: 'success',
  },
};

/** Returns the `data` of a wallet's confirmation; repeats get the same. */
export function confirmationData(record: ConfirmationRecord): Record<string, unknown> {
  return walletAnswers[record.wallet].data(record);
}

/** Returns the provider's own number for a payment: six digits derived from the wallet and its payment id. */
function providerNumber(record: ConfirmationRecord): number {
  const digest = hash('sha256', `${record.wallet}:${record.paymentId}`, 'buffer');
  return 100_000 + (digest.readUInt32BE(0) % 900_000);
}
