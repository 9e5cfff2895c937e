import type { Fault } from '../errors/fault.js';
import { parseSoliqLink, type UzbekReceiptLink } from '../links/soliq-link.js';
import { faultsOfZod } from '../schema/faults-of-zod.js';
import { confirmationSchemas } from './confirmation-schemas.js';
import type { Wallet } from './wallets.js';

/** A checked confirmation of a wallet payment. */
export interface Confirmation {
  /** The value of the wallet's key: `transaction_id` of anor, `payment_id` of the others. */
  readonly paymentId: string;
  readonly qr_code: string;
  readonly link: UzbekReceiptLink;
  /** The body to send on: as it came, without blanks around its values. */
  readonly document: Readonly<Record<string, string>>;
}

/** Checks the body of a confirmation; all faults at once, by JSON path. */
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
