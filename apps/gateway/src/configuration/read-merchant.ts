import type { ConfigurationFile } from './configuration.js';
import type { MerchantConfiguration } from './merchant-schema.js';
import type { SecretReader } from './secret-reader.js';

type MerchantFile = ConfigurationFile['merchants'][number];

/** Returns a merchant of the file with its secrets read; `at` is the path of its settings. */
export function readMerchant(
  merchant: MerchantFile,
  at: string,
  secrets: SecretReader,
): MerchantConfiguration {
  const { apiKey, apiKeyHash = [], freedompay, fiscalbox, ...others } = merchant;
  const secretKey = secrets.text(`${at}.secretKey`, merchant.secretKey);
  return {
    ...others,
    secretKey,
    apiKeyHashes: [...apiKeyHash, ...secrets.keyHash(`${at}.apiKey`, apiKey)],
    freedompay: {
      ...freedompay,
      merchantId: freedompay.merchantId ?? merchant.id,
      secretKey: freedompay.secretKey
        ? secrets.text(`${at}.freedompay.secretKey`, freedompay.secretKey)
        : secretKey,
    },
    fiscalbox: {
      ...fiscalbox,
      apiKey: fiscalbox.apiKey && secrets.text(`${at}.fiscalbox.apiKey`, fiscalbox.apiKey),
    },
  };
}
