import { createFiscalbox } from '@fiscalkit/client/fiscalbox';
import { createFreedompay } from '@fiscalkit/client/freedompay';
import {
  type FiscalModuleOptions,
  type MerchantOptions,
  postgres,
  type StoreSource,
  sqlite,
} from '@fiscalkit/nestjs';
import type { Configuration, MerchantConfiguration } from './configuration/configuration.js';

function storeAt(url: string): StoreSource {
  return url.startsWith('sqlite:')
    ? sqlite({ path: url.replace(/^sqlite:(?:\/\/)?/, '') })
    : postgres({ connectionString: url });
}

function merchantOf(merchant: MerchantConfiguration): MerchantOptions {
  const { company, receiptMethod, utcOffsetHours, warningsAsFaults, freedompay, fiscalbox } = merchant;
  const { apiKey, ...confirmations } = fiscalbox;
  return {
    receiptMethod,
    utcOffsetHours,
    warningsAsFaults,
    ...(company && { company }),
    providers: [
      () => createFreedompay(freedompay),
      () => createFiscalbox({ ...confirmations, ...(apiKey && { apiKey }) }),
    ],
  };
}

/** A call may outlast its one attempt a little, and a lease its call: a dead worker's entries wait for the end of its lease. */
function lanesOf({ delivery, merchants }: Configuration) {
  const attemptMs = merchants.flatMap(({ freedompay, fiscalbox }) => [
    freedompay.attemptMs,
    fiscalbox.attemptMs,
  ]);
  const longestMs = Math.max(...attemptMs);
  return { ...delivery, callMs: longestMs + 5_000, leaseMs: longestMs + 15_000 };
}

/** What the configuration says of the ledger, its merchants and their providers. */
export function fiscalOptions(configuration: Configuration): FiscalModuleOptions {
  const { ledgerUrl, merchants, role, limits } = configuration;
  return {
    ledger: storeAt(ledgerUrl),
    merchants: Object.fromEntries(merchants.map((merchant) => [merchant.id, merchantOf(merchant)])),
    delivery: { lanes: lanesOf(configuration) },
    deliver: role !== 'api',
    shutdownGraceMs: limits.drainMs,
  };
}
