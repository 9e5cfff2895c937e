import type { Provider } from '@fiscalkit/client';
import { createFiscalbox } from '@fiscalkit/client/fiscalbox';
import { createFreedompay } from '@fiscalkit/client/freedompay';
import { createLedger, createSqliteStore, type Ledger, type Merchant } from '@fiscalkit/ledger';
import type { Configuration, MerchantConfiguration } from './configuration/configuration.js';

/** A ledger with everything that was opened for it. */
export interface OpenLedger {
  readonly ledger: Ledger;
  /** Closes the store and the providers' connections; delivery must have stopped. */
  close(): Promise<void>;
}

function providersOf({ freedompay, fiscalbox }: MerchantConfiguration): Provider[] {
  const { apiKey, ...confirmations } = fiscalbox;
  return [createFreedompay(freedompay), createFiscalbox({ ...confirmations, ...(apiKey && { apiKey }) })];
}

function merchantOf(merchant: MerchantConfiguration): Merchant {
  const { id, company, receiptMethod, utcOffsetHours, warningsAsFaults } = merchant;
  const providers = providersOf(merchant);
  return { id, providers, receiptMethod, utcOffsetHours, warningsAsFaults, ...(company && { company }) };
}

/** Opens the ledger that the configuration names, with the providers of every merchant. */
export function openLedger({ ledgerUrl, merchants, delivery }: Configuration): OpenLedger {
  const store = createSqliteStore({ path: ledgerUrl.replace(/^sqlite:(?:\/\/)?/, '') });
  const tenants = merchants.map(merchantOf);
  const ledger = createLedger({ store, merchants: tenants, delivery: { lanes: delivery } });
  return {
    ledger,
    async close() {
      await store.close();
      await Promise.all(tenants.flatMap(({ providers }) => providers.map((provider) => provider.close())));
    },
  };
}
