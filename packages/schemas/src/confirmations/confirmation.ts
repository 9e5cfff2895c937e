import { z } from 'zod';
import type { Fault } from '../errors/fault.js';
import { namesOf } from '../fields/choice-field.js';
import { textField } from '../fields/text-fields.js';
import { parseSoliqLink, soliqLinkField, type UzbekReceiptLink } from '../links/soliq-link.js';
import { faultsOfZod } from '../schema/faults-of-zod.js';
import { structural } from '../schema/issue-codes.js';
import { type Wallet, wallets } from './wallets.js';

/** A checked confirmation of a wallet payment. */
export interface Confirmation {
  /** The value of the wallet's key: `transaction_id` of anor, `payment_id` of the others. */
  readonly paymentId: string;
  readonly qr_code: string;
  readonly link: UzbekReceiptLink;
  /** Body to send on: as it came, values trimmed. */
  readonly document: Readonly<Record<string, string>>;
}

/** Checks the body of a confirmation. Reports all faults at once, by JSON path. */
export function checkConfirmation(
  wallet: Wallet,
  input: unknown,
): { ok: true; confirmation: Confirmation } | { ok: false; faults: Fault[] } {
  const { success, data: document, error } = confirmationSchemas[wallet].safeParse(input);
  if (!success) return { ok: false, faults: faultsOfZod(error) };
  const paymentId = 'transaction_id' in document ? document.transaction_id : document.payment_id;
  const { qr_code } = document;
  return { ok: true, confirmation: { paymentId, qr_code, link: parseSoliqLink(qr_code), document } };
}

function idOf(what: string) {
  return textField(128).describe(`Id of the ${what}, as the wallet gave it; text of 1–128 characters`);
}

const schemasByKey = {
  transaction_id: () =>
    z.strictObject({ transaction_id: idOf('transaction'), qr_code: soliqLinkField }, structural),
  payment_id: () => z.strictObject({ payment_id: idOf('payment'), qr_code: soliqLinkField }, structural),
};

type ConfirmationSchemas = {
  readonly [W in Wallet]: ReturnType<(typeof schemasByKey)[(typeof wallets)[W]['key']]>;
};

/** Bodies of `POST /payment/<wallet>_confirm`, one schema per wallet. Unknown fields are refused. */
export const confirmationSchemas = Object.fromEntries(
  namesOf(wallets).map((wallet) => [wallet, schemasByKey[wallets[wallet].key]()]),
) as ConfirmationSchemas;
