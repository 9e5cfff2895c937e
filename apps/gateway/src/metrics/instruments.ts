import type { FiscalEventKind } from '@fiscalkit/nestjs';
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

/** Upper bounds of the histograms of durations, in seconds. */
export const durationBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** The events that say that a document takes longer than it should, or is held: a person may have to look. */
export const delayKinds = [
  'receipt.held',
  'receipt.unknown-for-long',
  'receipt.overdue',
  'payment.unknown-for-long',
  'payment.overdue',
] as const satisfies readonly FiscalEventKind[];
