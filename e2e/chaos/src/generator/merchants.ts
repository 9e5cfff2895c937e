import { hash } from 'node:crypto';

/** A merchant of the harness, with its credentials at the gateway and at the provider. */
export interface HarnessMerchant {
  readonly id: string;
  readonly secretKey: string;
  readonly apiKey: string;
  readonly providerId: string;
  readonly providerKey: string;
  /** Secret of its endpoints of webhooks. */
  readonly webhookSecret: string;
}

/** Merchants of a run, and the format of their receipts. */
export interface Shops {
  /** Ids of the merchants: six digits. */
  readonly merchants: readonly [string, ...string[]];
  /** Merchant whose every receipt the provider rejects; `null` where rules reject single ones. */
  readonly rejected: string | null;
  readonly receiptFormat: 'ru_1_05' | 'ru_1_2';
}

/** Key of the gateways' administrator. */
export const administratorKey = hash('sha256', 'harness administrator');

/** Secret of the tokens with which providers call back. */
export const callbackKey = hash('sha256', 'harness callbacks');

/** Returns the merchant with this id: its credentials follow from it. */
export function merchantOf(id: string): HarnessMerchant {
  const secret = (what: string) => hash('sha256', `harness ${what} ${id}`);
  return {
    id,
    secretKey: secret('signature'),
    apiKey: secret('api key'),
    // Another number, so that no id is taken for one at the other side.
    providerId: `8${id.slice(1)}`,
    providerKey: secret('provider'),
    webhookSecret: `whsec_${Buffer.from(secret('webhooks'), 'hex').toString('base64')}`,
  };
}
