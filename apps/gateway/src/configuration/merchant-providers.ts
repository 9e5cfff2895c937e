import type { Provider, TransportSettings } from '@fiscalkit/client';
import { createFiscalbox } from '@fiscalkit/client/fiscalbox';
import { createFreedompay } from '@fiscalkit/client/freedompay';
import type { MerchantConfiguration } from './merchant-schema.js';
import { providerFactories } from './provider-factories.js';

/** A provider of a merchant that is still to be created. */
export interface MerchantProvider {
  readonly name: string;
  readonly attemptMs: number;
  create(transport?: Pick<TransportSettings, 'connections'>): Provider;
}

/** Returns the providers that register a merchant's receipts, in the order of its preference. */
export function receiptProviders({
  provider: names,
  sections,
  freedompay,
}: Pick<MerchantConfiguration, 'provider' | 'sections' | 'freedompay'>): MerchantProvider[] {
  return names.map((name) => {
    const factory = providerFactories[name];
    const section = sections[name];
    return factory && section
      ? {
          name,
          attemptMs: section.attemptMs,
          create: (transport) => factory.create({ ...section, ...transport }),
        }
      : {
          name,
          attemptMs: freedompay.attemptMs,
          create: (transport) => createFreedompay({ ...freedompay, ...transport }),
        };
  });
}

/** Returns all providers of a merchant: those of its receipts, and FiscalBox for its confirmations. */
export function merchantProviders(merchant: MerchantConfiguration): MerchantProvider[] {
  const { apiKey, ...fiscalbox } = merchant.fiscalbox;
  return [
    ...receiptProviders(merchant),
    {
      name: 'fiscalbox',
      attemptMs: fiscalbox.attemptMs,
      create: (transport) => createFiscalbox({ ...fiscalbox, ...transport, ...(apiKey && { apiKey }) }),
    },
  ];
}
