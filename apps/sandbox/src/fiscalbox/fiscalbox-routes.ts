import { type Wallet, wallets } from '@fiscalkit/schemas';
import type { ProviderRoute } from '../http/route.js';
import { confirmPayment, type FiscalboxDependencies } from './confirm-payment.js';

const walletNames = Object.keys(wallets) as Wallet[];

/** Returns the routes of the payment confirmations of FiscalBox, one for each wallet. */
export function fiscalboxRoutes(dependencies: FiscalboxDependencies): ProviderRoute[] {
  return walletNames.map((wallet) => ({
    method: 'POST',
    path: new RegExp(`^/payment/${wallet}_confirm$`),
    endpoint: `payments.${wallet}_confirm`,
    paymentIdOf: (call) => paymentOf(call.document, wallets[wallet].key),
    process: (call, { outcome }) =>
      confirmPayment({ wallet, document: call.document, outcome }, dependencies),
  }));
}

/** Returns the payment id in a request body that is not validated yet. */
function paymentOf(document: unknown, key: string): string | null {
  if (typeof document !== 'object' || document === null) return null;
  const value: unknown = Reflect.get(document, key);
  return typeof value === 'string' ? value : null;
}
