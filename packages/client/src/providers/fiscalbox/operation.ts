import { type Wallet, wallets } from '@fiscalkit/schemas';

const prefix = 'confirmation.';

/** Returns the operation that confirms a payment of a wallet: `confirmation.anor`. */
export function operationOf(wallet: Wallet): string {
  return prefix + wallet;
}

/** Returns the wallet of an operation; `null` if that is no confirmation. */
export function walletOf(operation: string): Wallet | null {
  const name = operation.slice(prefix.length);
  return operation.startsWith(prefix) && isWallet(name) ? name : null;
}

function isWallet(name: string): name is Wallet {
  return Object.hasOwn(wallets, name);
}
