import type { EndpointName } from '../faults/endpoint-name.js';

/** A document as an emulated provider understood it: what its schema does not know is not in it. */
export interface KeptDocument {
  readonly endpoint: EndpointName;
  readonly document: unknown;
}

/** Documents that were taken, with the buyer's data in them: kept in memory only, and only on demand. */
export class KeptDocuments {
  readonly #isOn: boolean;
  #kept: KeptDocument[] = [];

  constructor(isOn: boolean) {
    this.#isOn = isOn;
  }

  add(endpoint: EndpointName, document: unknown): void {
    if (this.#isOn) this.#kept.push({ endpoint, document });
  }

  list(): readonly KeptDocument[] {
    return [...this.#kept];
  }

  clear(): void {
    this.#kept = [];
  }
}
