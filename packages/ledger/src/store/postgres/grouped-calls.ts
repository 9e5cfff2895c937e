import { isUnavailable } from '../errors.js';

/** Does all the items in one call of the database, or none; answers the results in their order. */
export type CallGroup<Item, Result> = (items: readonly Item[]) => Promise<readonly Result[]>;

interface Member<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The number of advisory locks that a transaction may need grows with its group, and the server has room for
 * some thousands.
 */
const largestGroup = 100;

/**
 * Lets what comes while a call is under way share the next call, because round trip and commit are what a
 * write costs. A member that fails, fails alone. When the database can't be reached, every member of the call
 * fails.
 */
export class GroupedCalls<Item, Result> {
  readonly #call: CallGroup<Item, Result>;
  #waiting: Member<Item, Result>[] = [];
  #working: Promise<void> | null = null;

  constructor(call: CallGroup<Item, Result>) {
    this.#call = call;
  }

  /** Does the item with the next call; resolves once it is durable. */
  run(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      this.#working ??= this.#work();
    });
  }

  /** Resolves when nothing waits or is under way. */
  async settled(): Promise<void> {
    while (this.#working) await this.#working;
  }

  async #work(): Promise<void> {
    // The calls of this turn of the event loop are to share the first group.
    await new Promise(setImmediate);
    while (this.#waiting.length > 0) await this.#commit(this.#waiting.splice(0, largestGroup));
    this.#working = null;
  }

  async #commit(members: readonly Member<Item, Result>[]): Promise<void> {
    try {
      const results = await this.#call(members.map(({ item }) => item));
      for (const [index, { resolve }] of members.entries()) resolve(results[index] as Result);
    } catch (error) {
      if (members.length === 1 || isUnavailable(error)) {
        for (const { reject } of members) reject(error);
      } else {
        for (const member of members) await this.#commit([member]);
      }
    }
  }
}
