import type { LedgerStore } from '@fiscalkit/ledger';

/** An open store, which stays open when the module stops; or how to open one, which the module then closes. */
export type StoreSource = LedgerStore | (() => LedgerStore | Promise<LedgerStore>);
