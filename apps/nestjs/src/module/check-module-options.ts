import { FiscalError } from '@fiscalkit/schemas';
import type { FiscalModuleOptions } from './fiscal-module-options.js';

/**
 * Answers the options as they are. Throws a `FiscalError` with code `module.options` when there are none, as from a factory that
 * returns nothing, or when they name no merchants or a merchant without a provider.
 */
export function checkModuleOptions(options: FiscalModuleOptions): FiscalModuleOptions {
  if (!isRecord(options)) throw optionsFault('FiscalModule was given no options.');
  if (!isRecord(options.merchants) || Object.keys(options.merchants).length === 0)
    throw optionsFault('The options of FiscalModule have no merchants.');
  for (const [id, merchant] of Object.entries<unknown>(options.merchants)) {
    if (!hasProviders(merchant)) throw optionsFault(`The merchant ${id} of FiscalModule has no provider.`);
  }
  return options;
}

function hasProviders(merchant: unknown): boolean {
  if (!isRecord(merchant)) return false;
  const { provider, providers = [provider] } = merchant;
  return Array.isArray(providers) && providers.every((each) => typeof each === 'function' || isRecord(each));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** The error for options that can't be used; code `module.options`. */
export function optionsFault(message: string): FiscalError {
  return new FiscalError({ code: 'module.options', message, retryable: false });
}
