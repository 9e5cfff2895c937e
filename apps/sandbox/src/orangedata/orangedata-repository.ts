import type { OrangedataRecord } from './record.js';

/** Documents of OrangeData, in order of their taking. */
export class OrangedataRepository {
  readonly #all: OrangedataRecord[] = [];
  readonly #byId = new Map<string, OrangedataRecord>();
  readonly #receipts = new Map<string, number>();

  add(record: OrangedataRecord): void {
    const { inn, id, group, outcome } = record;
    this.#all.push(record);
    // A forgotten id that is used again names its newest document.
    this.#byId.set(`${inn} ${id}`, record);
    if (outcome.kind === 'registers')
      this.#receipts.set(`${inn} ${group}`, this.nextDocumentNumber(inn, group));
  }

  get(inn: string, id: string): OrangedataRecord | null {
    return this.#byId.get(`${inn} ${id}`) ?? null;
  }

  /** Returns all documents, oldest first. */
  list(): readonly OrangedataRecord[] {
    return this.#all;
  }

  /** Returns the next document number of a group's register, which counts from 1 without gaps. */
  nextDocumentNumber(inn: string, group: string): number {
    return (this.#receipts.get(`${inn} ${group}`) ?? 0) + 1;
  }

  clear(): void {
    this.#all.length = 0;
    this.#byId.clear();
    this.#receipts.clear();
  }
}
