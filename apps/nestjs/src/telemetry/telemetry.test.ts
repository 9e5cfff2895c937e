import { uncheckedReceipt } from '@fiscalkit/schemas';
import { metrics, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { startApplication } from '../application.fixture.js';
import { buyerEmail, confirmation, sale } from '../receipt.fixture.js';
import { FiscalService } from '../service/fiscal.service.js';
import { FiscalTestingModule } from '../testing/fiscal-testing.module.js';

const spans = new InMemorySpanExporter();
const figures = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
const reader = new PeriodicExportingMetricReader({ exporter: figures, exportIntervalMillis: 3_600_000 });
const meters = new MeterProvider({ readers: [reader] });
const tracers = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] });

beforeAll(() => {
  trace.setGlobalTracerProvider(tracers);
  metrics.setGlobalMeterProvider(meters);
});
beforeEach(() => spans.reset());
afterAll(async () => {
  await meters.shutdown();
  await tracers.shutdown();
});

/** The values of all figures, by name and attributes. */
async function collect() {
  const { resourceMetrics, errors } = await reader.collect();
  expect(errors).toEqual([]);
  return resourceMetrics.scopeMetrics.flatMap(({ metrics: instruments }) =>
    instruments.flatMap(({ descriptor, dataPoints }) =>
      dataPoints.map(({ attributes, value }) => ({ name: descriptor.name, attributes, value })),
    ),
  );
}

const ofShop = { 'fiscalkit.operation': 'receipt', 'fiscalkit.merchant': 'shop' };

it('makes a span of every acceptance and every call, and counts both', async () => {
  const { receipts, payments } = (await startApplication({ imports: [FiscalTestingModule.forRoot()] })).get(
    FiscalService,
  );
  const { receipt } = await receipts.create({ receipt: sale('1'), waitMs: 5_000 });
  await receipts.create({ receipt: sale('1') });
  await expect(receipts.create({ receipt: uncheckedReceipt({}) })).rejects.toThrow();
  await payments.confirm({ wallet: 'anor', confirmation });

  const finished = spans.getFinishedSpans();
  const accepts = finished.filter(({ name }) => name === 'fiscalkit.accept');
  expect(accepts.map(({ attributes }) => attributes)).toEqual([
    { ...ofShop, 'fiscalkit.replayed': false, 'fiscalkit.entry_id': receipt.receipt_id },
    { ...ofShop, 'fiscalkit.replayed': true, 'fiscalkit.entry_id': receipt.receipt_id },
    { ...ofShop, 'error.type': 'receipt.invalid' },
    {
      ...ofShop,
      'fiscalkit.operation': 'confirmation.anor',
      'fiscalkit.replayed': false,
      'fiscalkit.entry_id': expect.any(String),
    },
  ]);
  expect(accepts[2]?.status).toEqual({ code: SpanStatusCode.ERROR });
  const attempts = finished.filter(({ name }) => name === 'fiscalkit.attempt');
  expect(attempts.map(({ kind }) => kind)).toEqual([SpanKind.CLIENT, SpanKind.CLIENT]);
  const measured = {
    'fiscalkit.provider': 'freedompay',
    'fiscalkit.step': 'submit',
    'fiscalkit.verdict': 'registered',
  };
  expect(attempts[0]?.attributes).toEqual({ ...measured, 'fiscalkit.entry_id': receipt.receipt_id });
  // Each attempt leads to the span that accepted its document.
  expect(attempts.map(({ links }) => links.map(({ context }) => context.spanId))).toEqual(
    [accepts[0], accepts[3]].map((accept) => [accept?.spanContext().spanId]),
  );

  const collected = await collect();
  expect(collected).toEqual(
    expect.arrayContaining([
      { name: 'fiscalkit.accepted', attributes: { 'fiscalkit.operation': 'receipt' }, value: 1 },
      { name: 'fiscalkit.registered', attributes: { 'fiscalkit.provider': 'freedompay' }, value: 1 },
      { name: 'fiscalkit.entries', attributes: { 'fiscalkit.state': 'registered' }, value: 2 },
      { name: 'fiscalkit.breaker_state', attributes: { 'fiscalkit.provider': 'fiscalbox' }, value: 0 },
      {
        name: 'fiscalkit.attempt.duration',
        attributes: measured,
        value: expect.objectContaining({ count: 1 }),
      },
    ]),
  );
  const reported = JSON.stringify([
    finished.map(({ attributes, events, status }) => [attributes, events, status]),
    collected,
  ]);
  for (const canary of [buyerEmail, 'Чай', 'secret_key', confirmation.qr_code, confirmation.transaction_id]) {
    expect(reported).not.toContain(canary);
  }
});

it('names the instance, and stops measuring when the application stops', async () => {
  const application = await startApplication({ imports: [FiscalTestingModule.forRoot({ name: 'uz' })] });
  expect(await collect()).toContainEqual({
    name: 'fiscalkit.due',
    attributes: { 'fiscalkit.instance': 'uz' },
    value: 0,
  });
  await application.close();
  // A ledger that is closed can't be measured: this would be an error if it were tried.
  await collect();
});
