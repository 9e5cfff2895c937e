import { z } from 'zod';
import type { Wallet } from './wallets.js';

/** Ids and codes come as text or number, depending on page and wallet, and are kept as they came. */
const scalar = z.union([z.string(), z.number()]).nullable().default(null).catch(null);

const text = z.string().nullable().default(null).catch(null);

const milliseconds = z.number().nullable().default(null).catch(null);

const anor = z.object({
  message: text.describe('What the provider says, in words'),
  error_code: scalar.describe("The provider's code; 0 is success"),
  payment_id: scalar.describe('Id of the payment at the provider'),
  transaction_id: text.describe('Id of the transaction, as the request named it'),
});

const click = z.object({
  payment_id: scalar.describe('Id of the payment, as the request named it'),
  inn: text.describe('Tax id of the seller'),
  qr_code: text.describe('Address of the receipt at Soliq'),
  status: text.describe('What became of the confirmation, in a word of the provider'),
  error: text.describe('What the provider says of a failure'),
});

const paymeReceipt = z.object({
  _id: text.describe('Id of the payment at Payme'),
  create_time: milliseconds.describe('When the payment was created; milliseconds since 1970 UTC'),
  pay_time: milliseconds.describe('When it was paid; milliseconds since 1970 UTC'),
});

const paymeResult = z.object({
  receipt: paymeReceipt
    .nullable()
    .default(null)
    .catch(null)
    .describe('The payment, which Payme calls a receipt'),
});

const payme = z.object({
  id: scalar.describe('Number of the call'),
  result: paymeResult.nullable().default(null).catch(null).describe('What the call came to'),
  error: text.describe('What the provider says of a failure'),
});

const uzum = z.object({
  payment_id: scalar.describe('Id of the payment, as the request named it'),
  payment_status: text.describe('State of the payment, in a word of the provider'),
  error_code: scalar.describe("The provider's code; 0 is success"),
  error_message: text.describe('What the provider says of a failure'),
  client_phone_number: text.describe('Phone of the buyer: personal data, never log'),
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
