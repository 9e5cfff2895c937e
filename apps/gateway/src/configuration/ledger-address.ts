/** Where a ledger is, told apart by store. */
export type LedgerAddress =
  | { readonly store: 'sqlite'; readonly path: string }
  | { readonly store: 'postgres'; readonly connectionString: string };

const sqliteUrl = /^sqlite:(?:\/\/)?(.+)$/;
const postgresUrl = /^postgres(?:ql)?:\/\/.+$/;

/** Reads `sqlite:PATH` or `postgres://…`; `null` for anything else. */
export function ledgerAddress(url: string): LedgerAddress | null {
  if (postgresUrl.test(url)) return { store: 'postgres', connectionString: url };
  const path = sqliteUrl.exec(url)?.[1];
  return path === undefined ? null : { store: 'sqlite', path };
}
