import type { AtolRecord } from './record.js';

/** Documents of ATOL Online, in order of their taking. */
export class AtolRepository {
  readonly #all: AtolRecord[] = [];
  readonly #byUuid = new Map<string, AtolRecord>();
  readonly #byExternalId = new Map<string, AtolRecord>();
  readonly #receipts = new Map<string, number>();

  add(record: AtolRecord): void {
    const { uuid, groupCode, externalId, outcome } = record;
    this.#all.push(record);
    this.#byUuid.set(uuid, record);
    // A forgotten id that is used again names its newest document.
    this.#byExternalId.set(`${groupCode} ${externalId}`, record);
    if (outcome.kind !== 'stays-waiting' && outcome.registration !== null) {
      this.#receipts.set(groupCode, this.nextDocumentNumber(groupCode));
    }
  }

  byUuid(uuid: string): AtolRecord | null {
    return this.#byUuid.get(uuid) ?? null;
  }

  byExternalId(groupCode: string, externalId: string): AtolRecord | null {
    return this.#byExternalId.get(`${groupCode} ${externalId}`) ?? null;
  }

  /** Returns all documents, oldest first. */
  list(): readonly AtolRecord[] {
    return this.#all;
  }

  /** Returns the next document number of a group's register, which counts from 1 without gaps. */
  nextDocumentNumber(groupCode: string): number {
    return (this.#receipts.get(groupCode) ?? 0) + 1;
  }

  clear(): void {
    this.#all.length = 0;
    this.#byUuid.clear();
    this.#byExternalId.clear();
    this.#receipts.clear();
  }
}
