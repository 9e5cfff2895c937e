import type { SealedRow } from '../journal/outline.js';

/** Most rows that are looked ahead: far more than a block has, so that a seal with a false end can't fill the memory. */
const farthest = 200_000;

/** The journal rows in the order of positions, looked at block by block. */
export class RowWindow {
  readonly #pages: AsyncIterator<readonly SealedRow[]>;
  #rows: SealedRow[] = [];
  #start = 0;
  #ended = false;

  constructor(pages: AsyncIterable<readonly SealedRow[]>) {
    this.#pages = pages[Symbol.asyncIterator]();
  }

  /** The rows up to the position that were not dropped yet. */
  async upTo(position: number): Promise<SealedRow[]> {
    while (!this.#ended && this.#lastPosition() <= position && this.#rows.length - this.#start < farthest) {
      await this.#load();
    }
    let end = this.#start;
    while ((this.#rows[end]?.position ?? Number.POSITIVE_INFINITY) <= position) end += 1;
    return this.#rows.slice(this.#start, end);
  }

  /** Drops the rows up to the position. */
  drop(position: number): void {
    while ((this.#rows[this.#start]?.position ?? Number.POSITIVE_INFINITY) <= position) this.#start += 1;
  }

  /** All that was not dropped, page by page. */
  async *rest(): AsyncIterable<readonly SealedRow[]> {
    yield this.#rows.slice(this.#start);
    while (!this.#ended) {
      this.#start = this.#rows.length;
      await this.#load();
      yield this.#rows;
    }
  }

  #lastPosition(): number {
    return this.#rows.at(-1)?.position ?? Number.NEGATIVE_INFINITY;
  }

  async #load(): Promise<void> {
    const { done, value } = await this.#pages.next();
    this.#ended = done === true;
    const more = done ? [] : value;
    this.#rows = [...this.#rows.slice(this.#start), ...more];
    this.#start = 0;
  }
}
