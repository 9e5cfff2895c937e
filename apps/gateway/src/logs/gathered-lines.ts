/** Characters that are handed on without waiting for more. */
const plenty = 16_384;

/**
 * Gathers the lines of one turn of the event loop and hands them on as one text at its end: under load, writing each line by itself
 * would cost more than all else about it.
 */
export class GatheredLines {
  readonly #sink: { write(text: string): unknown };
  #text = '';

  constructor(sink: { write(text: string): unknown }) {
    this.#sink = sink;
  }

  write(line: string): void {
    if (this.#text === '') setImmediate(() => this.flush());
    this.#text += line;
    if (this.#text.length >= plenty) this.flush();
  }

  /** Hands on at once what is there; for a process that ends before its turn does. */
  flush(): void {
    const text = this.#text;
    if (text === '') return;
    this.#text = '';
    this.#sink.write(text);
  }
}
