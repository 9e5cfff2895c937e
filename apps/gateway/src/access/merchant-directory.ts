import { createHash } from 'node:crypto';
import type { Configuration } from '../configuration/configuration.js';

function digest(key: string): string {
  return createHash('sha256').update(key).digest('base64');
}

/** Who the merchants are, and how each proves it. */
export class MerchantDirectory {
  readonly #secrets: ReadonlyMap<string, string>;
  readonly #idsByKeyDigest: ReadonlyMap<string, string>;
  readonly #openPayments: string | undefined;

  constructor({ merchants, openPayments }: Configuration) {
    this.#secrets = new Map(merchants.map(({ id, secretKey }) => [id, secretKey]));
    this.#idsByKeyDigest = new Map(
      merchants.flatMap(({ id, apiKey }) => (apiKey === undefined ? [] : [[digest(apiKey), id] as const])),
    );
    this.#openPayments = openPayments;
  }

  /** The key that the merchant signs with; `null` for a merchant we do not have. */
  secretOf(id: string): string | null {
    return this.#secrets.get(id) ?? null;
  }

  /** The merchant whose API key this is. Looked up by digest, so that the time it takes says nothing about the key. */
  merchantOfKey(key: string): string | null {
    return this.#idsByKeyDigest.get(digest(key)) ?? null;
  }

  /** The merchant for whom payments may be confirmed without a key, if that was switched on. */
  get openPayments(): string | null {
    return this.#openPayments ?? null;
  }
}
