import type { Entry } from '../entry/entry.js';

/**
 * A document that is read when it is first looked at, because delivery never looks: it sends the frozen bytes. The accessor is the
 * object's own, so that copies bring the document along, and one for all objects: with one each, no two would share a hidden class,
 * and every look at any of their fields would be a search.
 */
export class UnreadDocument {
  static readonly #accessor: PropertyDescriptor & ThisType<UnreadDocument> = {
    enumerable: true,
    get() {
      this.#document ??= this.#read();
      return this.#document;
    },
  };

  declare readonly document: Entry['document'];
  readonly #read: () => Entry['document'];
  #document: Entry['document'] | null = null;

  constructor(read: () => Entry['document']) {
    this.#read = read;
    Object.defineProperty(this, 'document', UnreadDocument.#accessor);
  }
}
