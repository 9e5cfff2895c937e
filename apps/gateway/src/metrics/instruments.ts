import { Counter, Gauge, type Registry } from 'prom-client';

/** Creates the counters and gauges of one registry, all named alike. */
export class Instruments {
  readonly #registry: Registry;

  constructor(registry: Registry) {
    this.#registry = registry;
  }

  counter<Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[] = [],
  ): Counter<Label> {
    return new Counter({ name: `fiscalkit_${name}_total`, help, labelNames, registers: [this.#registry] });
  }

  gauge<Label extends string>(name: string, help: string, labelNames: readonly Label[] = []): Gauge<Label> {
    return new Gauge({ name: `fiscalkit_${name}`, help, labelNames, registers: [this.#registry] });
  }
}
