import { type Wallet, wallets } from '@fiscalkit/schemas';
import type { ProviderCapabilities } from '../../contract/capabilities.js';
import { operationOf } from './operation.js';
import type { FiscalboxSettings } from './settings.js';

/**
 * Returns the capabilities of FiscalBox. Its page is silent on repeats and has no search; attaching the same
 * link to the same payment once more changes nothing, so an unknown outcome may be sent again.
 */
export function fiscalboxCapabilities(
  settings: Pick<FiscalboxSettings, 'settlesWithinMs' | 'deduplicatesBy'>,
): ProviderCapabilities {
  return {
    operations: (Object.keys(wallets) as Wallet[]).map(operationOf),
    formats: [],
    deduplicatesBy: settings.deduplicatesBy ?? 'payment',
    findsBy: 'nothing',
    asynchronous: false,
    settlesWithinMs: settings.settlesWithinMs ?? 15_000,
  };
}
