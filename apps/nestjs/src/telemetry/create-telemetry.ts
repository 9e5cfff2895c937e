import {
  describeSignal,
  type Ledger,
  ledgerMetrics,
  type Measurement,
  measureAccounts,
  measureFigures,
  measureFindings,
} from '@fiscalkit/ledger';
import type { Attributes, BatchObservableCallback, Meter, Observable } from '@opentelemetry/api';
import type { Telemetry } from './telemetry.js';
import { Acceptances, type OpenTelemetry, traceAccept, traceAttempts } from './tracing.js';

/** Ledger to trace and measure. */
interface TelemetrySubject {
  readonly ledger: Pick<
    Ledger,
    'observe' | 'figures' | 'breakers' | 'troubledAccounts' | 'reconciliationFindings'
  >;
  /** Name of the module instance, if it has one. */
  readonly name: string | undefined;
}

const scope = '@fiscalkit/nestjs';

/** Traces and measures a ledger with whatever SDK the application has registered. */
export function createTelemetry(api: OpenTelemetry, { ledger, name }: TelemetrySubject): Telemetry {
  const tracer = api.trace.getTracer(scope);
  const meter = api.metrics.getMeter(scope);
  const own = name === undefined ? {} : { 'fiscalkit.instance': name };
  const acceptances = new Acceptances();
  const tracing = { api, tracer, own, acceptances };
  const endings = [
    ledger.observe((event) => acceptances.hear(event)),
    traceAttempts(ledger, tracing),
    measure({ meter, ledger, own }),
  ];
  return {
    accept: (facts, work) => traceAccept({ ...tracing, facts }, work),
    stop() {
      for (const end of endings) end();
    },
  };
}

interface MeterSubject extends Pick<TelemetrySubject, 'ledger'> {
  readonly meter: Meter;
  /** Attributes that everything from this module instance has. */
  readonly own: Attributes;
}

/** Counts what the ledger does, and reads its gauges whenever metrics are collected. Returns how to stop. */
function measure({ meter, ledger, own }: MeterSubject): () => void {
  const recorders = new Map<string, (value: number, attributes: Attributes) => void>();
  const gauges = new Map<string, Observable>();
  for (const [metric, { kind, help: description, unit }] of Object.entries(ledgerMetrics)) {
    const name = `fiscalkit.${metric}`;
    switch (kind) {
      case 'counter': {
        const counter = meter.createCounter(name, { description });
        recorders.set(metric, (value, attributes) => counter.add(value, attributes));
        break;
      }
      case 'histogram': {
        const histogram = meter.createHistogram(name, { description, unit });
        recorders.set(metric, (value, attributes) => histogram.record(value, attributes));
        break;
      }
      case 'gauge':
        gauges.set(metric, meter.createObservableGauge(name, { description, unit }));
        break;
      default:
        kind satisfies never;
    }
  }
  const attributesOf = ({ labels }: Measurement): Attributes => {
    const names = Object.entries(labels).map(([label, value]) => [attributeName(label), value]);
    return { ...own, ...Object.fromEntries(names) };
  };
  const stop = ledger.observe((signal) => {
    const { measurement } = describeSignal(signal);
    if (measurement) recorders.get(measurement.metric)?.(measurement.value ?? 1, attributesOf(measurement));
  });
  const observe: BatchObservableCallback = async (result) => {
    const measurements = [
      ...measureFigures(await ledger.figures()),
      ...measureAccounts(ledger.breakers(), ledger.troubledAccounts()),
      ...measureFindings(ledger.reconciliationFindings()),
    ];
    for (const measurement of measurements) {
      const gauge = gauges.get(measurement.metric);
      if (gauge) result.observe(gauge, measurement.value ?? 1, attributesOf(measurement));
    }
  };
  const instruments = [...gauges.values()];
  meter.addBatchObservableCallback(observe, instruments);
  return () => {
    stop();
    meter.removeBatchObservableCallback(observe, instruments);
  };
}

/** Returns the attribute of a label; a code has the name that OpenTelemetry gives to kinds of errors. */
function attributeName(label: string): string {
  return label === 'code' ? 'error.type' : `fiscalkit.${label}`;
}
