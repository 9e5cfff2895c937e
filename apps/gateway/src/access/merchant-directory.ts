import type { Configuration } from '../configuration/configuration.js';
import { KeyDirectory } from './key-directory.js';

/** Who the merchants are, and how each proves it. */
export class MerchantDirectory {
  readonly #secrets: ReadonlyMap<string, string>;
  readonly #keys: KeyDirectory;
  readonly #openPayments: string | undefined;

  constructor({ merchants, openPayments }: Configuration) {
    this.#secrets = new Map(merchants.map(({ id, secretKey }) => [id, secretKey]));
    this.#keys = new KeyDirectory(
      merchants.map(({ id, apiKeyHashes }) => ({ name: id, keyHashes: apiKeyHashes })),
    );
    this.#openPayments = openPayments;
  }

  /** The key that the merchant signs with; `null` for a merchant we do not have. */
  secretOf(id: string): string | null {
    return this.#secrets.get(id) ?? null;
  }

  /** The merchant whose API key this is. */
  merchantOfKey(key: string): string | null {
    return this.#keys.ownerOf(key);
  }

  /** The merchant for whom payments may be confirmed without a key, if that was switched on. */
  get openPayments(): string | null {
    return this.#openPayments ?? null;
  }
}
