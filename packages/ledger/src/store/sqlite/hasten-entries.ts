import type { DatabaseSync } from 'node:sqlite';
import { prepareQuery } from './query.js';

/** For whom to hasten: the accounts of a provider, or all of them. */
export interface HastenQuery {
  readonly provider: string;
  readonly accounts?: readonly string[];
}

/** Prepares the write that makes what waits because of an outage due now. */
export function prepareHasten(database: DatabaseSync) {
  const hasten = (whose: string) =>
    prepareQuery(
      database,
      `UPDATE entries SET due_at = :now WHERE provider = :provider AND ${whose} AND due_at > :now AND worker IS NULL
       AND json_extract(reason, '$.outage') = 1`,
    );
  const all = hasten('true');
  const ofAccount = hasten('account = :account');

  return ({ provider, accounts }: HastenQuery, now: number): number =>
    accounts
      ? accounts.reduce((sum, account) => sum + ofAccount.run({ provider, account, now }), 0)
      : all.run({ provider, now });
}
