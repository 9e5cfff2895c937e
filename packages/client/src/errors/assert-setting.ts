import { FiscalError } from '@fiscalkit/schemas';

/** Required setting. */
export interface NeededSetting {
  /** `settings.<name>` is the code of its error. */
  readonly name: string;
  /** Given value; never repeated. */
  readonly value: unknown;
  /** Beginning of a sentence that describes it. */
  readonly what: string;
  /** Whether it may be a number, as an id may. */
  readonly mayBeNumber?: boolean;
}

/**
 * Throws a `FiscalError` with code `settings.<name>` for a setting that is missing or blank, as from a
 * variable that is not set. Only the provider would refuse such a key, receipt after receipt.
 */
export function assertSetting({ name, value, what, mayBeNumber = false }: NeededSetting): void {
  if ((mayBeNumber && typeof value === 'number') || (typeof value === 'string' && value.trim() !== ''))
    return;
  const isThere = value !== undefined && value !== null;
  const how = typeof value === 'string' ? 'is empty' : isThere ? 'is no text' : 'is missing';
  throw new FiscalError({ code: `settings.${name}`, message: `${what} ${how}.`, retryable: false });
}
