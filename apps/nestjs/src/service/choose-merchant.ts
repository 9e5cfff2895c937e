import { FiscalError } from '@fiscalkit/schemas';

/** A request that need not name the merchant where there is exactly one. */
export type ForMerchant<Request extends { readonly merchant: string }> = Omit<Request, 'merchant'> & {
  readonly merchant?: string | undefined;
};

/** The merchant that was named, or the only one. Throws a `FiscalError` with code `merchant.required` or `merchant.unknown`. */
export function chooseMerchant(merchants: readonly string[], named: string | undefined): string {
  const [only, ...others] = merchants;
  if (named === undefined && only !== undefined && others.length === 0) return only;
  if (named === undefined) {
    throw merchantFault('required', 'A request names its merchant when there is not exactly one.');
  }
  // Known before anything is traced: a name from outside must not become one of a span's attributes.
  if (merchants.includes(named)) return named;
  throw merchantFault('unknown', 'This merchant is not configured.');
}

function merchantFault(fault: string, message: string): FiscalError {
  return new FiscalError({ code: `merchant.${fault}`, message, retryable: false });
}
