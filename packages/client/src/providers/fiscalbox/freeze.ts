import { parseSoliqLink, wallets } from '@fiscalkit/schemas';
import type { RegistrationDocument } from '../../contract/provider.js';
import { unsupportedDocument } from '../../errors/unsupported-document.js';
import { walletOf } from './operation.js';
import { providerName } from './provider-name.js';

/**
 * Converts a confirmation into the bytes of its request: the payment under the wallet's own key, then the
 * link, as on the provider's page. Throws a `FiscalError` with `provider.unsupported`, or one of `link.…` for
 * a link that is not Soliq's.
 */
export function freezeConfirmation({ operation, document }: RegistrationDocument): Uint8Array {
  const wallet = walletOf(operation);
  if (wallet === null) {
    throw unsupportedDocument(providerName, '$', 'FiscalBox confirms payments of its wallets only.');
  }
  const { key } = wallets[wallet];
  const surplus = Object.keys(document).find((field) => field !== key && field !== 'qr_code');
  if (surplus !== undefined) {
    throw unsupportedDocument(providerName, `$.${surplus}`, 'FiscalBox has no place for this field.');
  }
  const confirmation = { [key]: textOf(document, key), qr_code: textOf(document, 'qr_code') };
  parseSoliqLink(confirmation.qr_code ?? '');
  return new TextEncoder().encode(JSON.stringify(confirmation));
}

function textOf(document: RegistrationDocument['document'], field: string): string {
  const value = document[field];
  if (typeof value !== 'string' || value === '') {
    throw unsupportedDocument(providerName, `$.${field}`, 'FiscalBox needs a text here.');
  }
  return value;
}
