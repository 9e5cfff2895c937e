import type { ConfigurationFile, MerchantConfiguration } from './configuration.js';
import type { ConfigurationFault } from './configuration-error.js';
import type { Environment } from './environment.js';
import { readSecret, type SecretReference } from './secret.js';

type MerchantFile = ConfigurationFile['merchants'][number];

/** Reads the secrets of every merchant; what can't be read is among the faults. */
export function readMerchants(
  merchants: readonly MerchantFile[],
  environment: Environment,
): { readonly merchants: MerchantConfiguration[]; readonly faults: ConfigurationFault[] } {
  const faults: ConfigurationFault[] = [];
  const read = (setting: string, reference: SecretReference): string => {
    const secret = readSecret(reference, environment);
    if ('value' in secret) return secret.value;
    faults.push({ setting, message: secret.fault });
    return '';
  };
  const readMerchant = (merchant: MerchantFile, index: number): MerchantConfiguration => {
    const at = `merchants.${index}`;
    const { freedompay, fiscalbox } = merchant;
    const secretKey = read(`${at}.secretKey`, merchant.secretKey);
    return {
      ...merchant,
      secretKey,
      apiKey: merchant.apiKey && read(`${at}.apiKey`, merchant.apiKey),
      freedompay: {
        ...freedompay,
        merchantId: freedompay.merchantId ?? merchant.id,
        secretKey: freedompay.secretKey
          ? read(`${at}.freedompay.secretKey`, freedompay.secretKey)
          : secretKey,
      },
      fiscalbox: {
        ...fiscalbox,
        apiKey: fiscalbox.apiKey && read(`${at}.fiscalbox.apiKey`, fiscalbox.apiKey),
      },
    };
  };
  return { merchants: merchants.map(readMerchant), faults };
}
