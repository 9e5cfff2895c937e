import { parseSoliqLink, type UzbekFiscalMark, type Wallet, wallets } from '@fiscalkit/schemas';
import type { RegistrationRequest } from '../../contract/provider.js';
import { unsupportedDocument } from '../../errors/unsupported-document.js';
import { readJson } from '../../transport/read-json.js';
import { walletOf } from './operation.js';
import { providerName } from './provider-name.js';

/** Content of a frozen confirmation. */
export interface FrozenConfirmation {
  readonly wallet: Wallet;
  /** Id of the payment, as sent under the wallet's key. */
  readonly paymentId: string;
  readonly link: string;
  /** Fiscal mark of the receipt that the link leads to. */
  readonly mark: UzbekFiscalMark;
}

/** Parses a frozen request. Throws unless it is one of `freezeConfirmation`. */
export function readFrozenConfirmation({
  operation,
  body,
}: Pick<RegistrationRequest, 'operation' | 'body'>): FrozenConfirmation {
  const wallet = walletOf(operation);
  if (wallet === null) {
    throw unsupportedDocument(providerName, '$', 'FiscalBox confirms payments of its wallets only.');
  }
  const sent = readJson(body) as Readonly<Record<'payment_id' | 'transaction_id' | 'qr_code', string>>;
  const { [wallets[wallet].key]: paymentId, qr_code: link } = sent;
  return { wallet, paymentId, link, mark: parseSoliqLink(link).mark };
}
