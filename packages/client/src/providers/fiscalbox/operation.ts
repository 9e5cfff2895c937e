import { type Wallet, wallets } from '@fiscalkit/schemas';

const prefix = 'confirmation.';

/** The operation that confirms a payment of a wallet: `confirmation.anor`. */
export function operationOf(wallet: Wallet): string {
  return prefix + wallet;
}

/** The wallet that an operation is for; `null` when it is no confirmation. */
export function walletOf(operation: string): Wallet | null {
  const name = operation.slice(prefix.length);
  return operation.startsWith(prefix) && isWallet(name) ? name : null;
}

function isWallet(name: string): name is Wallet {
  return Object.hasOwn(wallets, name);
}
