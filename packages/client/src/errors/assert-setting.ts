import { FiscalError } from '@fiscalkit/schemas';

/** A setting that can't be done without. */
export interface NeededSetting {
  /** `settings.<name>` is the code of its error. */
  readonly name: string;
  /** What stands there; never repeated. */
  readonly value: unknown;
  /** What it is, as a sentence begins. */
  readonly what: string;
  /** Whether it may be a number, as an id may. */
  readonly mayBeNumber?: boolean;
}

/**
 * Throws a `FiscalError` with code `settings.<name>` for a setting that is missing or blank, as from a variable that is not set. Such a key
 * would be refused by the provider only, receipt after receipt.
 */
export function assertSetting({ name, value, what, mayBeNumber = false }: NeededSetting): void {
  if ((mayBeNumber && typeof value === 'number') || (typeof value === 'string' && value.trim() !== ''))
    return;
  const isThere = value !== undefined && value !== null;
  const how = typeof value === 'string' ? 'is empty' : isThere ? 'is no text' : 'is missing';
  throw new FiscalError({ code: `settings.${name}`, message: `${what} ${how}.`, retryable: false });
}
