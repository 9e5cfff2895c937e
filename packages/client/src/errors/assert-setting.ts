import { FiscalError } from '@fiscalkit/schemas';

/** A setting that can't be done without. */
export interface NeededSetting {
  /** `settings.<name>` is the code of its error. */
  readonly name: string;
  /** What stands there; never repeated. */
  readonly value: unknown;
  /** What it is, as a sentence begins. */
  readonly what: string;
}

/**
 * Throws a `FiscalError` with code `settings.<name>` for a setting that is missing or blank, as from a variable that is not set. Such a key
 * would be refused by the provider only, receipt after receipt.
 */
export function assertSetting({ name, value, what }: NeededSetting): void {
  if (typeof value === 'number' || (typeof value === 'string' && value.trim() !== '')) return;
  const how = typeof value === 'string' ? 'is empty' : 'is missing';
  throw new FiscalError({ code: `settings.${name}`, message: `${what} ${how}.`, retryable: false });
}
