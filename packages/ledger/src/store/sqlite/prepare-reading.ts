import type { DatabaseSync } from 'node:sqlite';
import type { ListSlice, PrintedSlice } from '../list-in-slices.js';
import { printedSlice } from '../printed-slice.js';
import { prepareLists } from './operations.js';

/** A piece of a list to print; `created_at` in the zone so many hours from UTC. */
export interface PrintSlice {
  readonly slice: ListSlice;
  readonly utcOffsetHours: number;
}

/** Prepares what a reader does, each of one argument and the time. It prints, too, so that whoever asked has no work with it. */
export function prepareReading(database: DatabaseSync) {
  const lists = prepareLists(database);
  return {
    ...lists,
    print: ({ slice, utcOffsetHours }: PrintSlice): PrintedSlice =>
      printedSlice(lists.list(slice), utcOffsetHours),
  };
}

export type Reading = ReturnType<typeof prepareReading>;
