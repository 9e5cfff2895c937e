import { postgresAddressFault } from '@fiscalkit/ledger';

/** Where a ledger is, told apart by store. */
export type LedgerAddress =
  | { readonly store: 'sqlite'; readonly path: string }
  | { readonly store: 'postgres'; readonly connectionString: string };

const sqliteUrl = /^sqlite:(?:\/\/(?=\/))?(.+)$/;
const sqliteHost = /^sqlite:\/\/(?!\/)/;
/** An address of PostgreSQL behind the wrong word: as a file, its password would be a name in the file system. */
const sqliteOfPostgres = /^sqlite:\/*postgres\w*:/i;
const postgresUrl = /^postgres(?:ql)?:\/\//;

/** What is wrong with a ledger's URL, in words that quote none of it; `null` for one that can be used. */
export function ledgerUrlFault(url: string): string | null {
  if (sqliteHost.test(url)) {
    return 'must be sqlite:PATH, or sqlite:///PATH from the root: behind two slashes stands the name of a machine';
  }
  if (sqliteUrl.test(url) && !sqliteOfPostgres.test(url)) return null;
  if (postgresUrl.test(url)) return postgresAddressFault(url);
  return 'must be sqlite:PATH or postgres://USER:PASSWORD@HOST:PORT/DATABASE';
}

/** Reads `sqlite:PATH` or `postgres://…`; `null` for anything else. */
export function ledgerAddress(url: string): LedgerAddress | null {
  if (ledgerUrlFault(url) !== null) return null;
  if (postgresUrl.test(url)) return { store: 'postgres', connectionString: url };
  return { store: 'sqlite', path: sqliteUrl.exec(url)?.[1] ?? url };
}
