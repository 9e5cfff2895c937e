import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Configuration } from '../configuration/configuration.js';
import { hashKey } from './api-keys.js';

/** Directory of merchants and their keys. */
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

  /** Returns the key that a merchant signs with; `null` for an unknown merchant. */
  secretOf(id: string): string | null {
    return this.#secrets.get(id) ?? null;
  }

  /** Returns the merchant that an API key belongs to. */
  merchantOfKey(key: string): string | null {
    return this.#keys.ownerOf(key);
  }

  /** Merchant for whom payments may be confirmed without a key; `null` if there is none. */
  get openPayments(): string | null {
    return this.#openPayments ?? null;
  }
}

/** Maps API key hashes to their owners; a lookup by hash reveals nothing of a key by its timing. */
export class KeyDirectory {
  readonly #ownersByHash: ReadonlyMap<string, string>;

  constructor(owners: readonly { readonly name: string; readonly keyHashes: readonly string[] }[]) {
    this.#ownersByHash = new Map(
      owners.flatMap(({ name, keyHashes }) => keyHashes.map((hash) => [hash, name] as const)),
    );
  }

  ownerOf(key: string): string | null {
    return this.#ownersByHash.get(hashKey(key)) ?? null;
  }
}

/** Injects the id of the merchant that the guard admitted. */
export const MerchantId = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const { merchant } = context.switchToHttp().getRequest<FastifyRequest>().record;
  if (merchant === undefined) throw new Error('a route that needs a merchant has no guard');
  return merchant;
});
