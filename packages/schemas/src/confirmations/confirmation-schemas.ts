import { z } from 'zod';
import { textField } from '../fields/text-fields.js';
import { soliqLinkField } from '../links/soliq-link-field.js';
import { structural } from '../schema/issue-codes.js';
import type { Wallet } from './wallets.js';

const byTransaction = z.strictObject(
  {
    transaction_id: textField(128).describe(
      'Id of the transaction, as the wallet gave it; text of 1–128 characters',
    ),
    qr_code: soliqLinkField,
  },
  structural,
);

function byPayment() {
  return z.strictObject(
    {
      payment_id: textField(128).describe(
        'Id of the payment, as the wallet gave it; text of 1–128 characters',
      ),
      qr_code: soliqLinkField,
    },
    structural,
  );
}

/** The bodies of `POST /payment/<wallet>_confirm`, one schema per wallet. Unknown fields are refused. */
export const confirmationSchemas = {
  anor: byTransaction,
  click: byPayment(),
  payme: byPayment(),
  uzum: byPayment(),
} as const satisfies Record<Wallet, z.ZodType>;
