import type { Answer, Argument, ListName } from './operations.js';

/** Reads what may look at any number of entries, beside whoever writes. */
export interface Reader {
  run<Name extends ListName>(name: Name, argument: Argument<Name>): Promise<Answer<Name>>;
}
