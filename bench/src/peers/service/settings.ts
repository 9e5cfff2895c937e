/** What a service reads from its environment. */
export interface Settings {
  /** Whether this process delivers, or only accepts. */
  readonly delivers: boolean;
  /** Whether a new job wakes the workers; where not, they look by themselves. */
  readonly notifies: boolean;
  readonly providerUrl: string;
  /** Of the Redis or PostgreSQL that keeps the queue. */
  readonly storeUrl: string;
  readonly merchant: Merchant;
}

/** Whose requests are taken, and who signs towards the provider. */
export interface Merchant {
  readonly merchantId: string;
  readonly secretKey: string;
}

/** The variables that `readSettings` reads. */
export interface SettingsEnvironment {
  readonly ROLE: 'api' | 'worker' | 'all';
  readonly PROVIDER_URL: string;
  readonly STORE_URL: string;
  readonly MERCHANT_ID: string;
  readonly MERCHANT_SECRET_KEY: string;
  readonly NOTIFY?: 'yes';
}

/** Reads the settings; throws when one is missing. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const read = (name: keyof SettingsEnvironment) => {
    const value = environment[name];
    if (value === undefined) throw new Error(`${name} is not set`);
    return value;
  };
  return {
    delivers: read('ROLE') !== 'api',
    notifies: environment.NOTIFY === 'yes',
    providerUrl: read('PROVIDER_URL'),
    storeUrl: read('STORE_URL'),
    merchant: { merchantId: read('MERCHANT_ID'), secretKey: read('MERCHANT_SECRET_KEY') },
  };
}
