import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Configuration } from '../configuration/configuration.js';
import { hashKey } from './api-keys.js';

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

/** Whose keys are whose. Keys are looked up by hash, so that the time it takes says nothing about a key. */
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

/** The id of the merchant that the guard let in. */
export const MerchantId = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const { merchant } = context.switchToHttp().getRequest<FastifyRequest>().record;
  if (merchant === undefined) throw new Error('a route that needs a merchant has no guard');
  return merchant;
});
