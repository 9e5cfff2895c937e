import { printedSlice } from '../printed-slice.js';
import type { Engine } from './engine.js';
import type { Argument, ListName } from './operations.js';
import type { PrintSlice } from './prepare-reading.js';
import type { Reader, ReadingAnswer, ReadingArgument, ReadingName } from './reader.js';

/** Has whoever writes read in between, and prints here: where there is no thread that reads. */
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
      name === 'print'
        ? await this.#print(argument as PrintSlice)
        : await this.#engine.run(name as ListName, argument as Argument<ListName>);
    return answer as ReadingAnswer<Name>;
  }

  /** Whoever writes is closed by whoever opened it. */
  async close(): Promise<void> {}

  async #print({ slice, utcOffsetHours }: PrintSlice) {
    return printedSlice(await this.#engine.run('list', slice), utcOffsetHours);
  }
}
