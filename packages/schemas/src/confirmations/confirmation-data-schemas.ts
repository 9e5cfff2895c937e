import { z } from 'zod';
import type { Wallet } from './wallets.js';

/** Ids and codes come as text or number, depending on page and wallet, and are kept as they came. */
const scalar = z.union([z.string(), z.number()]).nullable().default(null).catch(null);

const text = z.string().nullable().default(null).catch(null);

const milliseconds = z.number().nullable().default(null).catch(null);

const anor = z.object({ message: text, error_code: scalar, payment_id: scalar, transaction_id: text });

const click = z.object({ payment_id: scalar, inn: text, qr_code: text, status: text, error: text });

const paymeReceipt = z.object({ _id: text, create_time: milliseconds, pay_time: milliseconds });

const paymeResult = z.object({ receipt: paymeReceipt.nullable().default(null).catch(null) });

const payme = z.object({ id: scalar, result: paymeResult.nullable().default(null).catch(null), error: text });

const uzum = z.object({
  payment_id: scalar,
  payment_status: text,
  error_code: scalar,
  error_message: text,
  client_phone_number: text.describe('Buyer data: never log'),
});

/**
 * What the providers put into `data` of a successful confirmation, read leniently: a field that is missing or of another type
 * reads as `null`, unknown fields are dropped, fields stand in the order of the provider's page.
 */
export const confirmationDataSchemas = { anor, click, payme, uzum } as const satisfies Record<
  Wallet,
  z.ZodType
>;

/** The normalised `data` of a successful confirmation. */
export type ConfirmationData = { [W in Wallet]: z.infer<(typeof confirmationDataSchemas)[W]> }[Wallet];
