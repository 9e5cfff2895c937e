import type { Ledger } from '@fiscalkit/ledger';
import { isModuleMissing } from '../module/is-module-missing.js';
import { createTelemetry } from './create-telemetry.js';
import { silentTelemetry, type Telemetry } from './telemetry.js';

/** Key under which all copies of `@opentelemetry/api` 1.x in a process keep what SDKs register. */
const registered = Symbol.for('opentelemetry.js.api.1');

/**
 * Traces and measures the ledger where the application has registered an SDK with `@opentelemetry/api`; does
 * nothing where it has not: the API would be loaded for nothing, a tenth of the start of a small application.
 */
export async function loadTelemetry(ledger: Ledger, name: string | undefined): Promise<Telemetry> {
  if (!(registered in globalThis)) return silentTelemetry;
  try {
    return createTelemetry(await import('@opentelemetry/api'), { ledger, name });
  } catch (error) {
    if (isModuleMissing(error)) return silentTelemetry;
    throw error;
  }
}
