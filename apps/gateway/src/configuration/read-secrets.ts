import { readBaseUrl } from '@fiscalkit/client/transport';
import { hashKey, keyFault } from '../auth/api-keys.js';
import {
  type WebhookDelivery,
  type WebhookEndpoint,
  type WebhookFile,
  type WebhooksFile,
  webhookSecretFault,
} from '../webhooks/webhook-settings.js';
import {
  type Administrator,
  type CallbacksConfiguration,
  type ConfigurationFile,
  settingName,
} from './configuration.js';
import type { ConfigurationFault } from './configuration-error.js';
import { demoKeys } from './demo.js';
import type { Environment } from './environment.js';
import { ledgerUrlFault } from './ledger-address.js';
import type { MerchantConfiguration, ProviderSection } from './merchant-schema.js';
import { providerFactories } from './provider-factories.js';
import { readSecret, type SecretReference } from './secret.js';

type AdministratorsFile = Pick<ConfigurationFile, 'adminKey' | 'adminKeyHash' | 'administrators'>;

/**
 * Least length of the keys of callbacks and webhooks: whoever sees a token, or a copy of the ledger, may guess at
 * them for as long as they like.
 */
const shortestKey = 32;

const password = /^postgres(?:ql)?:\/\/(?:[^@/]*:[^@/]+@|.*[?&]password=)/;

/** Reads the secrets that a configuration refers to, and collects the faults. */
export class SecretReader {
  readonly faults: ConfigurationFault[] = [];
  readonly #environment: Environment;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  /** Returns a merchant of the file with its secrets read; `at` is the path of its settings. */
  merchant(merchant: ConfigurationFile['merchants'][number], at: string): MerchantConfiguration {
    const { apiKey, apiKeyHash = [], freedompay, fiscalbox, ...others } = merchant;
    const secretKey = this.#text(`${at}.secretKey`, merchant.secretKey);
    return {
      ...others,
      secretKey,
      apiKeyHashes: [...apiKeyHash, ...this.#keyHash(`${at}.apiKey`, apiKey)],
      freedompay: {
        ...freedompay,
        merchantId: freedompay.merchantId ?? merchant.id,
        secretKey: freedompay.secretKey
          ? this.#text(`${at}.freedompay.secretKey`, freedompay.secretKey)
          : secretKey,
      },
      fiscalbox: {
        ...fiscalbox,
        apiKey: fiscalbox.apiKey && this.#text(`${at}.fiscalbox.apiKey`, fiscalbox.apiKey),
      },
      webhooks: merchant.webhooks.map((webhook, index) =>
        this.#webhook(webhook, merchant.id, `${at}.webhooks.${index}`),
      ),
      sections: this.#sections(merchant, at),
    };
  }

  #webhook({ secret, oldSecret, ...webhook }: WebhookFile, merchant: string, at: string): WebhookEndpoint {
    try {
      readBaseUrl(new URL(webhook.url).origin, webhook);
    } catch {
      const message = 'must be no link-local, multicast or reserved address, unless it is allowed';
      this.faults.push({ setting: `${at}.url`, message });
    }
    const references = { secret, ...(oldSecret && { oldSecret }) };
    const secrets = Object.entries(references).map(([name, reference]) => {
      const text = this.#text(`${at}.${name}`, reference);
      const message = text === '' ? null : webhookSecretFault(text);
      if (message !== null) this.faults.push({ setting: `${at}.${name}`, message });
      return text;
    });
    return { ...webhook, merchant, secrets };
  }

  /** Returns the sections of the merchant's providers with their secrets read; a missing one is a fault. */
  #sections(merchant: ConfigurationFile['merchants'][number], at: string): Record<string, ProviderSection> {
    const sections: Record<string, ProviderSection> = {};
    for (const name of merchant.provider) {
      const factory = providerFactories[name];
      if (factory === undefined) continue;
      const given = Object.entries(merchant).find(([key]) => key === name)?.[1] as
        | ProviderSection
        | undefined;
      if (given === undefined) {
        this.faults.push({ setting: `${at}.${name}`, message: `must be given for the provider ${name}` });
        continue;
      }
      const secrets = factory.settings
        .filter((each) => each.kind === 'secret' && given[each.name] !== undefined)
        .map((each) => [
          each.name,
          this.#text(`${at}.${name}.${each.name}`, given[each.name] as SecretReference),
        ]);
      sections[name] = { ...given, ...Object.fromEntries(secrets) };
    }
    return sections;
  }

  /** Returns the administrators of the file, and the one named `admin` whose key has a setting of its own. */
  administrators({ adminKey, adminKeyHash = [], administrators }: AdministratorsFile): Administrator[] {
    const keyHashes = [...adminKeyHash, ...this.#keyHash(settingName(['adminKey']), adminKey)];
    return [
      ...administrators.map(({ name, keyHash, role, merchants = null }) => ({
        name,
        keyHashes: keyHash,
        role,
        merchants,
      })),
      ...(keyHashes.length > 0
        ? [{ name: 'admin', keyHashes, role: 'admin' as const, merchants: null }]
        : []),
    ];
  }

  /** Returns the settings of callbacks with their secrets read. */
  callbacks({ publicUrl, key, formerKey }: ConfigurationFile['callbacks']): CallbacksConfiguration {
    if (key === undefined && (publicUrl !== undefined || formerKey !== undefined)) {
      this.faults.push({
        setting: settingName(['callbacks', 'key']),
        message: 'must be given for callbacks: fiscalkit-gateway new-key makes one',
      });
    }
    return {
      publicUrl,
      key: this.#longKey(['callbacks', 'key'], key),
      formerKey: this.#longKey(['callbacks', 'formerKey'], formerKey),
    };
  }

  /** Returns the settings of webhooks with their keys read, the newest first. */
  webhooks({ key, formerKey, ...others }: WebhooksFile): WebhookDelivery {
    if (key === undefined && formerKey !== undefined) {
      const message = 'must be given where there is a former one: fiscalkit-gateway new-key makes one';
      this.faults.push({ setting: settingName(['webhooks', 'key']), message });
    }
    const read = [
      this.#longKey(['webhooks', 'key'], key),
      this.#longKey(['webhooks', 'formerKey'], formerKey),
    ];
    return { ...others, keys: read.filter((each) => each !== undefined) };
  }

  #longKey(path: readonly string[], reference: SecretReference | undefined): string | undefined {
    if (reference === undefined) return undefined;
    const setting = settingName(path);
    const key = this.#text(setting, reference);
    if (key !== '' && key.length < shortestKey) {
      const message = `is too short: ${shortestKey} characters at least; fiscalkit-gateway new-key makes one`;
      this.faults.push({ setting, message });
    }
    return key;
  }

  /** Returns the URL of the ledger; an empty text, and a fault, if it can't be used. */
  ledgerUrl(given: ConfigurationFile['ledgerUrl']): string {
    const setting = settingName(['ledgerUrl']);
    const isPlain = typeof given === 'string';
    const url = isPlain ? given : this.#text(setting, given);
    if (url === '' && !isPlain) return '';
    const message =
      isPlain && password.test(url)
        ? 'holds a password: name where it is, {"env": "VARIABLE"} or {"file": "path"}'
        : ledgerUrlFault(url);
    if (message === null) return url;
    this.faults.push({ setting, message });
    return '';
  }

  /** Returns a secret; an empty text, and a fault, if it can't be read. */
  #text(setting: string, reference: SecretReference): string {
    const secret = readSecret(reference, this.#environment);
    if ('value' in secret) return secret.value;
    this.faults.push({ setting, message: secret.fault });
    return '';
  }

  /** Returns the hash of a key that callers send, without keeping the key; none, with a fault, on failure. */
  #keyHash(setting: string, reference: SecretReference | undefined): string[] {
    if (!reference) return [];
    const key = this.#text(setting, reference);
    if (key === '') return [];
    const fault = demoKeys.has(key) ? null : keyFault(key);
    if (fault) this.faults.push({ setting, message: fault });
    return [hashKey(key)];
  }
}
