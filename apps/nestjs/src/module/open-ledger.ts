import type { Provider } from '@fiscalkit/client';
import { createLedger, type Ledger, type LedgerStore, type Merchant } from '@fiscalkit/ledger';
import { sqlite } from '../store/sqlite.js';
import type { FiscalModuleOptions } from './fiscal-module-options.js';
import type { MerchantOptions, ProviderSource } from './merchant-options.js';

/** A ledger with what it stands on. */
export interface OpenLedger {
  readonly ledger: Ledger;
  readonly store: LedgerStore;
  readonly merchants: readonly string[];
  /** Closes what was opened for the ledger, and leaves alone what was given; delivery must have stopped. */
  close(): Promise<void>;
}

/** Opens the ledger of the options. Rejects, with everything closed again, as the store, a provider and `createLedger` do. */
export async function openLedger(options: FiscalModuleOptions): Promise<OpenLedger> {
  const { ledger: source = sqlite(), delivery, events, lists } = options;
  const opened: { close(): Promise<void> }[] = [];
  const close = async () => {
    for (const part of opened.splice(0).reverse()) await part.close();
  };
  const provider = (given: ProviderSource): Provider => {
    if (typeof given !== 'function') return given;
    const created = given();
    opened.push(created);
    return created;
  };
  try {
    const store = typeof source === 'function' ? await source() : source;
    if (typeof source === 'function') opened.push(store);
    const merchants = Object.entries(options.merchants).map(([id, given]) => merchantOf(id, given, provider));
    const ledger = createLedger({
      store,
      merchants,
      ...(delivery && { delivery }),
      ...(events && { events }),
      ...(lists && { lists }),
    });
    return { ledger, store, merchants: merchants.map(({ id }) => id), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function merchantOf(
  id: string,
  { provider, providers, ...merchant }: MerchantOptions,
  open: (source: ProviderSource) => Provider,
): Merchant {
  return { ...merchant, id, providers: (providers ?? [provider]).map(open) };
}
