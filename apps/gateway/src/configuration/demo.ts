import { hashKey } from '../auth/api-keys.js';
import { type Configuration, settingName } from './configuration.js';
import type { ConfigurationFault } from './configuration-error.js';
import type { Environment } from './environment.js';

/** Merchant of the samples on the providers' pages: for the demo, and refused by name everywhere else. */
const demoMerchant = { id: '542088', secretKey: 'secret_key', apiKey: 'demo-api-key' } as const;

/** Key of the demo's administrator, as well known. */
const demoAdminKey = 'demo-admin-key';

/** Keys of the demo, which everybody knows: the demo serves this machine alone. */
export const demoKeys: ReadonlySet<string> = new Set([demoMerchant.apiKey, demoAdminKey]);

/** Variables that `FISCALKIT_DEMO=1` sets unless the environment does. */
export const demoEnvironment: Environment = {
  FISCALKIT_MERCHANT_ID: demoMerchant.id,
  FISCALKIT_MERCHANT_SECRET: demoMerchant.secretKey,
  FISCALKIT_MERCHANT_API_KEY: demoMerchant.apiKey,
  FISCALKIT_ADMIN_KEY: demoAdminKey,
  FISCALKIT_COMPANY_INN: '5544332219',
  FISCALKIT_COMPANY_EMAIL: 'shop@example.com',
  FISCALKIT_COMPANY_TAX_SYSTEM: 'osn',
  FISCALKIT_COMPANY_PAYMENT_ADDRESS: 'shop.ru',
  FISCALKIT_FREEDOMPAY_URL: 'http://127.0.0.1:8090',
  FISCALKIT_FISCALBOX_URL: 'http://127.0.0.1:8090',
};

/** Credentials of the demo's callers. */
export interface DemoAccess {
  readonly merchantId: string;
  readonly secretKey: string;
  readonly apiKey: string;
  readonly adminKey: string;
}

/** Returns the demo's credentials if they are in use, else `null`: everybody may know them. */
export function demoAccess({ merchants }: Configuration): DemoAccess | null {
  const { id, secretKey, apiKey } = demoMerchant;
  const inUse = merchants.some((merchant) => merchant.id === id && merchant.secretKey === secretKey);
  return inUse ? { merchantId: id, secretKey, apiKey, adminKey: demoAdminKey } : null;
}

function demoFault(setting: string, value: string): ConfigurationFault {
  return {
    setting,
    message: `${value} is the demo's value, known to everybody; it is taken only with FISCALKIT_DEMO=1`,
  };
}

function demoKeyFaults(setting: string, hashes: readonly string[]): ConfigurationFault[] {
  return [...demoKeys].filter((key) => hashes.includes(hashKey(key))).map((key) => demoFault(setting, key));
}

/** Returns the faults of values of the demo outside the demo: everybody could authenticate with them. */
export function demoValues({ merchants, administrators }: Configuration): ConfigurationFault[] {
  const ofMerchants = merchants.flatMap(({ id, secretKey, apiKeyHashes, freedompay, fiscalbox }, index) => {
    const at = `merchants.${index}`;
    const settings = [
      { setting: `${at}.id`, value: id, demo: demoMerchant.id },
      { setting: `${at}.secretKey`, value: secretKey, demo: demoMerchant.secretKey },
      { setting: `${at}.freedompay.merchantId`, value: freedompay.merchantId, demo: demoMerchant.id },
      { setting: `${at}.freedompay.secretKey`, value: freedompay.secretKey, demo: demoMerchant.secretKey },
      { setting: `${at}.fiscalbox.apiKey`, value: fiscalbox.apiKey, demo: demoMerchant.apiKey },
    ];
    return [
      ...settings
        .filter(({ value, demo }) => value === demo)
        .map(({ setting, demo }) => demoFault(setting, demo)),
      ...demoKeyFaults(`${at}.apiKey`, apiKeyHashes),
    ];
  });
  const ofAdministrators = administrators.flatMap(({ name, keyHashes }) =>
    demoKeyFaults(`the key of administrator ${name}`, keyHashes),
  );
  return [...ofMerchants, ...ofAdministrators];
}

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/;

/** Returns the faults of a demo that reaches beyond this machine: its secrets are published. */
export function awayFromHome({ host, merchants }: Configuration): ConfigurationFault[] {
  const hosts = [
    { setting: settingName(['host']), host },
    ...merchants.flatMap(({ sections, freedompay, fiscalbox }, index) => [
      { setting: `merchants.${index}.freedompay.baseUrl`, host: new URL(freedompay.baseUrl).hostname },
      { setting: `merchants.${index}.fiscalbox.baseUrl`, host: new URL(fiscalbox.baseUrl).hostname },
      ...Object.entries(sections).map(([provider, { baseUrl }]) => ({
        setting: `merchants.${index}.${provider}.baseUrl`,
        host: new URL(String(baseUrl)).hostname,
      })),
    ]),
  ];
  return hosts
    .filter((entry) => !loopback.test(entry.host))
    .map((entry) => ({
      setting: entry.setting,
      message: `the demo stays on this machine, ${entry.host} is another`,
    }));
}
