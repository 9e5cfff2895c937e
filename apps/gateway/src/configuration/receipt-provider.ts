import type { Provider, TransportSettings } from '@fiscalkit/client';
import { createFreedompay } from '@fiscalkit/client/freedompay';
import type { MerchantConfiguration } from './merchant-schema.js';
import { providerFactories } from './provider-factories.js';

/** Creates the provider that registers a merchant's receipts. */
export function receiptProvider(
  { provider, section, freedompay }: Pick<MerchantConfiguration, 'provider' | 'section' | 'freedompay'>,
  transport: Pick<TransportSettings, 'connections'> = {},
): Provider {
  const factory = providerFactories[provider];
  return factory && section
    ? factory.create({ ...section, ...transport })
    : createFreedompay({ ...freedompay, ...transport });
}
