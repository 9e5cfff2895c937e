import { parseSoliqLink, type UzbekFiscalMark, type Wallet } from '@fiscalkit/schemas';
import type { RegistrationRequest } from '../../contract/provider.js';
import { unsupportedDocument } from '../../errors/unsupported-document.js';
import { readJson } from '../../transport/read-json.js';
import { walletOf } from './operation.js';
import { providerName } from './provider-name.js';

/** What a frozen confirmation is about. */
export interface FrozenConfirmation {
  readonly wallet: Wallet;
  readonly link: string;
  /** The mark of the receipt that the link leads to. */
  readonly mark: UzbekFiscalMark;
}

/** Reads a frozen request back. Throws when it is not one of `freezeConfirmation`. */
export function readFrozenConfirmation({
  operation,
  body,
}: Pick<RegistrationRequest, 'operation' | 'body'>): FrozenConfirmation {
  const wallet = walletOf(operation);
  if (wallet === null) {
    throw unsupportedDocument(providerName, '$', 'FiscalBox confirms payments of its wallets only.');
  }
  const { qr_code: link } = readJson(body) as { readonly qr_code: string };
  return { wallet, link, mark: parseSoliqLink(link).mark };
}
