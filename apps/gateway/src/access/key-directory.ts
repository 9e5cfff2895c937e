import { hashKey } from '../keys/hash-key.js';

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
