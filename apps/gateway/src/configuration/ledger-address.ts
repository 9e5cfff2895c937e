import { postgresAddressFault } from '@fiscalkit/ledger';

/** Address of a ledger, by store. */
export type LedgerAddress =
  | { readonly store: 'sqlite'; readonly path: string }
  | { readonly store: 'postgres'; readonly connectionString: string };

const sqliteUrl = /^sqlite:(?:\/\/(?=\/))?(.+)$/;
const sqliteHost = /^sqlite:\/\/(?!\/)/;
/** Address of PostgreSQL behind the wrong scheme: as a file name, it would publish its password. */
const sqliteOfPostgres = /^sqlite:\/*postgres\w*:/i;
const postgresUrl = /^postgres(?:ql)?:\/\//;

/** Returns what is wrong with a ledger's URL, quoting none of it; `null` for a valid one. */
export function ledgerUrlFault(url: string): string | null {
  if (sqliteHost.test(url)) {
    return 'must be sqlite:PATH, or sqlite:///PATH from the root: behind two slashes stands the name of a machine';
  }
  if (sqliteUrl.test(url) && !sqliteOfPostgres.test(url)) return null;
  if (postgresUrl.test(url)) return postgresAddressFault(url);
  return 'must be sqlite:PATH or postgres://USER:PASSWORD@HOST:PORT/DATABASE';
}

/** Parses `sqlite:PATH` or `postgres://…`; returns `null` for anything else. */
export function ledgerAddress(url: string): LedgerAddress | null {
  if (ledgerUrlFault(url) !== null) return null;
  if (postgresUrl.test(url)) return { store: 'postgres', connectionString: url };
  return { store: 'sqlite', path: sqliteUrl.exec(url)?.[1] ?? url };
}
