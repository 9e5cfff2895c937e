import { type EndpointName, endpointNames } from '../faults/endpoint-name.js';

/** How many calls reached each emulated place, faults included. */
export class CallCounters {
  readonly #counts = new Map<EndpointName, number>();

  count(endpoint: EndpointName): void {
    this.#counts.set(endpoint, (this.#counts.get(endpoint) ?? 0) + 1);
  }

  reset(): void {
    this.#counts.clear();
  }

  /** One number for every place, zeros included. */
  snapshot(): Record<EndpointName, number> {
    const entries = endpointNames.map((name) => [name, this.#counts.get(name) ?? 0]);
    return Object.fromEntries(entries);
  }
}
