import type { Reading } from './prepare-reading.js';

/** What a reader is asked. Arguments and answers are plain data, which can go to another thread. */
export type ReadingName = keyof Reading;
export type ReadingArgument<Name extends ReadingName> = Parameters<Reading[Name]>[0];
export type ReadingAnswer<Name extends ReadingName> = ReturnType<Reading[Name]>;

/** Reads what may look at any number of entries, beside whoever writes. */
export interface Reader {
  run<Name extends ReadingName>(name: Name, argument: ReadingArgument<Name>): Promise<ReadingAnswer<Name>>;
}
