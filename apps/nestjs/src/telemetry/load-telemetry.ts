import type { Ledger } from '@fiscalkit/ledger';
import { createTelemetry } from './create-telemetry.js';
import { silentTelemetry, type Telemetry } from './telemetry.js';

/** Traces and measures the ledger where the application has `@opentelemetry/api`; does nothing where it has not. */
export async function loadTelemetry(ledger: Ledger, name: string | undefined): Promise<Telemetry> {
  try {
    return createTelemetry(await import('@opentelemetry/api'), { ledger, name });
  } catch (error) {
    if (isMissing(error)) return silentTelemetry;
    throw error;
  }
}

/** As Node says it, or a bundler or test runner in its place. */
function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(?:ERR_)?MODULE_NOT_FOUND$/.test(String(error.code));
}
