import { FiscalError } from '@fiscalkit/schemas';
import type { FiscalModuleOptions } from './fiscal-module-options.js';

/**
 * Answers the options as they are. Throws a `FiscalError` with code `module.options` when there are none, as from a factory that
 * returns nothing, when they name no merchants or a merchant without a provider, or ask for the sandbox in production.
 */
export function checkModuleOptions(options: FiscalModuleOptions): FiscalModuleOptions {
  if (!isRecord(options)) throw optionsFault('FiscalModule was given no options.');
  const { sandbox = false, merchants } = options;
  if (typeof sandbox !== 'boolean')
    throw optionsFault('The option sandbox of FiscalModule is true or false.');
  if (sandbox && isProduction(process.env.NODE_ENV)) {
    throw optionsFault(
      'FiscalModule was given sandbox: true where NODE_ENV is production: nothing would be registered.',
    );
  }
  if (sandbox && merchants === undefined) return options;
  if (!isRecord(merchants) || Object.keys(merchants).length === 0)
    throw optionsFault('The options of FiscalModule have no merchants.');
  for (const [id, merchant] of Object.entries<unknown>(merchants)) {
    if (!(sandbox ? isRecord(merchant) : hasProviders(merchant)))
      throw optionsFault(`The merchant ${id} of FiscalModule has no provider.`);
  }
  return options;
}

/** However it is written: where it is meant, nothing would be registered. */
function isProduction(environment: string | undefined): boolean {
  return environment?.trim().toLowerCase() === 'production';
}

function hasProviders(merchant: unknown): boolean {
  if (!isRecord(merchant)) return false;
  const { provider, providers = [provider] } = merchant;
  if (!Array.isArray(providers) || providers.length === 0) return false;
  return providers.every((each) => typeof each === 'function' || isRecord(each));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** The error for options that can't be used; code `module.options`. */
export function optionsFault(message: string): FiscalError {
  return new FiscalError({ code: 'module.options', message, retryable: false });
}
