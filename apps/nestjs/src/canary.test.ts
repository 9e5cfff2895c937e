import { inspect } from 'node:util';
import type { Provider } from '@fiscalkit/client';
import { createFreedompay } from '@fiscalkit/client/freedompay';
import { createSqliteStore } from '@fiscalkit/ledger';
import { uncheckedReceipt } from '@fiscalkit/schemas';
import { Injectable } from '@nestjs/common';
import { HealthIndicatorService } from '@nestjs/terminus';
import { metrics, trace } from '@opentelemetry/api';
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
import { expect, it } from 'vitest';
import { startApplication } from './application.fixture.js';
import { OnFiscalEvent } from './events/on-fiscal-event.decorator.js';
import { FiscalModule } from './module/fiscal.module.js';
import { buyerEmail, sale } from './receipt.fixture.js';
import { RecordingLogger } from './recording-logger.fixture.js';
import { FiscalService } from './service/fiscal.service.js';
import { FiscalHealthIndicator } from './terminus/fiscal.health.js';

const secretKey = 'canary-secret-key-6620';
const canaries = [buyerEmail, Buffer.from(buyerEmail).toString('base64').slice(0, 30), secretKey, 'Чай'];

@Injectable()
class Mailer {
  @OnFiscalEvent('receipt.accepted')
  mail(): never {
    throw Object.assign(new Error(`no mail to ${buyerEmail}`, { cause: secretKey }), { name: 'MailError' });
  }
}

/** Everything that went to the application's SDK. */
function openTelemetry() {
  const spans = new InMemorySpanExporter();
  const figures = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter: figures, exportIntervalMillis: 3_600_000 });
  const meters = new MeterProvider({ readers: [reader] });
  trace.setGlobalTracerProvider(
    new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }),
  );
  metrics.setGlobalMeterProvider(meters);
  return async () => {
    const { resourceMetrics } = await reader.collect();
    const finished = spans.getFinishedSpans();
    expect(finished.length).toBeGreaterThan(0);
    const reported = finished.map(({ name, attributes, events, status, links }) => [
      name,
      attributes,
      events,
      status,
      links,
    ]);
    return inspect([reported, resourceMetrics], { depth: null, maxStringLength: null });
  };
}

it('brings nothing of documents, keys and strangers’ words into logs, spans, figures, health and errors', async () => {
  const collect = openTelemetry();
  const store = createSqliteStore({ path: ':memory:' });
  const settings = { merchantId: '542088', secretKey, baseUrl: 'http://127.0.0.1:1', attemptMs: 500 };
  const sound = createFreedompay(settings);
  const broken: Provider = {
    ...sound,
    name: 'broken',
    submit: () => Promise.reject(new Error(`${buyerEmail} ${secretKey}`, { cause: sale('1') })),
  };
  const logger = new RecordingLogger();
  const merchants = {
    shop: { receiptMerchantId: '542088', providers: [sound] },
    other: { receiptMerchantId: '542088', providers: [broken] },
  };
  const application = await startApplication(
    { imports: [FiscalModule.forRoot({ ledger: store, merchants })], providers: [Mailer] },
    logger,
  );
  const { receipts, payments } = application.get(FiscalService);
  const health = new FiscalHealthIndicator(new HealthIndicatorService(), application.get(FiscalService));
  const errors: unknown[] = [];
  const attempt = (call: Promise<unknown>) => call.catch((error: unknown) => errors.push(error));
  for (const merchant of ['shop', 'other']) {
    await attempt(receipts.create({ merchant, receipt: sale('1'), waitMs: 300 }));
    await attempt(
      receipts.create({ merchant, receipt: uncheckedReceipt({ ...sale('2'), [buyerEmail]: secretKey }) }),
    );
    await attempt(receipts.create({ merchant, receipt: sale('1'), idempotencyKey: buyerEmail.repeat(20) }));
  }
  await attempt(payments.confirm({ merchant: 'shop', wallet: 'anor', confirmation: { [buyerEmail]: 1 } }));
  await attempt(receipts.create({ merchant: buyerEmail, receipt: sale('1') }));
  await expect.poll(() => logger.lines.join('\n'), { timeout: 10_000 }).toContain('handler.failed');
  const reported = [await collect(), inspect(await health.isHealthy('fiscal'))];
  await store.close();
  await attempt(receipts.create({ merchant: 'shop', receipt: sale('3') }));
  reported.push(inspect(await health.isHealthy('fiscal')), ...logger.lines, ...logger.stacks);
  reported.push(...errors.map((error) => inspect(error, { depth: null, showHidden: true })));

  expect(errors.length).toBeGreaterThanOrEqual(7);
  for (const canary of canaries) expect(reported.filter((text) => text.includes(canary))).toEqual([]);
}, 30_000);
