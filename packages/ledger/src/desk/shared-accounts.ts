import { accountName } from '../entry/account-name.js';
import type { Merchant } from './merchant.js';

/** An account that several merchants have: documents of the same payment id wait there for each other. */
export interface SharedAccount {
  readonly provider: string;
  readonly account: string;
  readonly merchants: readonly string[];
}

/** The accounts that more merchants than one have. Two shops of one company may; else it is a mistake. */
export function sharedAccounts(merchants: readonly Pick<Merchant, 'id' | 'providers'>[]): SharedAccount[] {
  const accounts = new Map<string, { provider: string; account: string; merchants: string[] }>();
  for (const { id, providers } of merchants) {
    for (const provider of providers) {
      const account = accountName(provider, id);
      const key = `${provider.name} ${account}`;
      const known = accounts.get(key);
      if (known) known.merchants.push(id);
      else accounts.set(key, { provider: provider.name, account, merchants: [id] });
    }
  }
  return Array.from(accounts.values()).filter((each) => each.merchants.length > 1);
}
