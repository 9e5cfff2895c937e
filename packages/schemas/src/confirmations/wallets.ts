import { z } from 'zod';

/** Wallets whose payments FiscalBox confirms, each with the field that takes the payment's id. */
export const wallets = {
  anor: { key: 'transaction_id', title: 'Anor', fullName: 'Anor Bank' },
  click: { key: 'payment_id', title: 'Click', fullName: 'Click' },
  payme: { key: 'payment_id', title: 'Payme', fullName: 'Payme' },
  uzum: { key: 'payment_id', title: 'Uzum', fullName: 'Uzum Bank' },
} as const;

/** A wallet whose payments FiscalBox confirms. */
export type Wallet = keyof typeof wallets;

/** Id or code, text or number by page and wallet, kept as it came. */
const scalar = z.union([z.string(), z.number()]).nullable().default(null);

const text = z.string().nullable().default(null);

/** Id documented as text; a number is the same id. */
const textId = z.preprocess(
  (value) => (typeof value === 'number' ? String(value) : value),
  z.string().nullable().default(null),
);

/** Message of a failure; the number 0 means none, like `null`. */
const failureText = z.preprocess(
  (value) => (value === 0 ? null : value),
  z.string().nullable().default(null),
);

/** Fields without influence on the outcome: a wrong type reads as `null` instead of refusing the whole. */
const incidentalText = text.catch(null);
const incidentalScalar = scalar.catch(null);
const milliseconds = z.number().nullable().default(null).catch(null);

const anor = z.object({
  message: text.describe('What the provider says, in words'),
  error_code: scalar.describe("The provider's code; 0 is success"),
  payment_id: scalar.describe('Id of the payment at the provider'),
  transaction_id: textId.describe('Id of the transaction, as the request named it'),
});

const click = z.object({
  payment_id: scalar.describe('Id of the payment, as the request named it'),
  inn: incidentalText.describe('Tax id of the seller'),
  qr_code: text.describe('Address of the receipt at Soliq'),
  status: text.describe('What became of the confirmation, in a word of the provider'),
  error: failureText.describe('What the provider says of a failure'),
});

const paymeReceipt = z.object({
  _id: textId.describe('Id of the payment at Payme'),
  create_time: milliseconds.describe('When the payment was created; milliseconds since 1970 UTC'),
  pay_time: milliseconds.describe('When it was paid; milliseconds since 1970 UTC'),
});

const paymeResult = z.object({
  receipt: paymeReceipt.nullable().default(null).describe('The payment, which Payme calls a receipt'),
});

const payme = z.object({
  id: incidentalScalar.describe('Number of the call'),
  result: paymeResult.nullable().default(null).describe('What the call came to'),
  error: failureText.describe('What the provider says of a failure'),
});

const uzum = z.object({
  payment_id: scalar.describe('Id of the payment, as the request named it'),
  payment_status: text.describe('State of the payment, in a word of the provider'),
  error_code: scalar.describe("The provider's code; 0 is success"),
  error_message: failureText.describe('What the provider says of a failure'),
  client_phone_number: incidentalText.describe('Phone of the buyer: personal data, never log'),
});

/**
 * `data` of a successful confirmation, read leniently: a missing field reads as `null`, unknown fields are
 * dropped, fields stand in the order of the provider's page. A field that names the outcome, the payment or
 * the link is refused in a wrong type: read as `null` it would mean "no failure".
 */
export const confirmationDataSchemas = { anor, click, payme, uzum } as const satisfies Record<
  Wallet,
  z.ZodType
>;

/** The normalised `data` of a successful confirmation. */
export type ConfirmationData = { [W in Wallet]: z.infer<(typeof confirmationDataSchemas)[W]> }[Wallet];
