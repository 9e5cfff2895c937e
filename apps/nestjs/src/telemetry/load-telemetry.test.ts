import { createLedger, createSqliteStore } from '@fiscalkit/ledger';
import { trace } from '@opentelemetry/api';
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { expect, it } from 'vitest';
import { loadTelemetry } from './load-telemetry.js';
import { silentTelemetry } from './telemetry.js';

it('loads OpenTelemetry only once an SDK is registered', async () => {
  const store = createSqliteStore({ path: ':memory:' });
  const ledger = createLedger({ store, merchants: [] });
  expect(await loadTelemetry(ledger, undefined)).toBe(silentTelemetry);

  trace.setGlobalTracerProvider(new BasicTracerProvider());
  const telemetry = await loadTelemetry(ledger, undefined);
  expect(telemetry).not.toBe(silentTelemetry);
  telemetry.stop();
  await store.close();
});
