import { z } from 'zod';
import { soliqLinkField } from '../links/soliq-link-field.js';
import { coded } from '../rules/coded.js';
import { structural } from '../rules/structural.js';
import type { Wallet } from './wallets.js';

const paymentIdField = z
  .string(structural)
  .trim()
  .min(1, coded('field.length'))
  .max(128, coded('field.length'));

const byTransaction = z.strictObject(
  {
    transaction_id: paymentIdField.describe('Id of the transaction, as the wallet gave it; 1–128 characters'),
    qr_code: soliqLinkField,
  },
  structural,
);

const byPayment = z.strictObject(
  {
    payment_id: paymentIdField.describe('Id of the payment, as the wallet gave it; 1–128 characters'),
    qr_code: soliqLinkField,
  },
  structural,
);

/** The bodies of `POST /payment/<wallet>_confirm`, one schema per wallet. Unknown fields are refused. */
export const confirmationSchemas = {
  anor: byTransaction,
  click: byPayment,
  payme: byPayment,
  uzum: byPayment,
} as const satisfies Record<Wallet, z.ZodType>;
