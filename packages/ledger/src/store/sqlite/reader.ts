import type { DatabaseSync } from 'node:sqlite';
import { type ListSlice, type SerializedSlice, serializeSlice } from '../list-in-slices.js';
import { type Argument, type ListName, prepareLists } from './operations.js';
import type { Engine } from './sqlite-engine.js';

/** Names of a reader's operations. Arguments and results are plain data, which can go to another thread. */
export type ReadingName = keyof Reading;
export type ReadingArgument<Name extends ReadingName> = Parameters<Reading[Name]>[0];
export type ReadingAnswer<Name extends ReadingName> = ReturnType<Reading[Name]>;

/** Runs reads of any number of entries, beside the writer. */
export interface Reader {
  run<Name extends ReadingName>(name: Name, argument: ReadingArgument<Name>): Promise<ReadingAnswer<Name>>;
}

/** A slice to serialise; `created_at` in the zone so many hours from UTC. */
export interface SliceToSerialize {
  readonly slice: ListSlice;
  readonly utcOffsetHours: number;
}

/**
 * Prepares a reader's operations, each of one argument and the time. It also serialises, so that its caller
 * has no work with that.
 */
export function prepareReading(database: DatabaseSync) {
  const lists = prepareLists(database);
  return {
    ...lists,
    serialize: ({ slice, utcOffsetHours }: SliceToSerialize): SerializedSlice =>
      serializeSlice(lists.list(slice), utcOffsetHours),
  };
}

export type Reading = ReturnType<typeof prepareReading>;

/** Reads in the writer's thread, and serialises here: for ledgers without a reading thread. */
export class ReaderInEngine implements Reader {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  async run<Name extends ReadingName>(
    name: Name,
    argument: ReadingArgument<Name>,
  ): Promise<ReadingAnswer<Name>> {
    const answer =
      name === 'serialize'
        ? await this.#serialize(argument as SliceToSerialize)
        : await this.#engine.run(name as ListName, argument as Argument<ListName>);
    return answer as ReadingAnswer<Name>;
  }

  /** Does nothing: the writer is closed by whoever opened it. */
  async close(): Promise<void> {}

  async #serialize({ slice, utcOffsetHours }: SliceToSerialize) {
    return serializeSlice(await this.#engine.run('list', slice), utcOffsetHours);
  }
}
