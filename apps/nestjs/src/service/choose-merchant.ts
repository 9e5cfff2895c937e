import { FiscalError } from '@fiscalkit/schemas';

/** A request that need not name the merchant where there is exactly one. */
export type ForMerchant<Request extends { readonly merchant: string }> = Omit<Request, 'merchant'> & {
  readonly merchant?: string | undefined;
};

/** The merchant that was named, or the only one. Throws a `FiscalError` with code `merchant.required`. */
export function chooseMerchant(merchants: readonly string[], named: string | undefined): string {
  if (named !== undefined) return named;
  const [only, ...others] = merchants;
  if (only !== undefined && others.length === 0) return only;
  throw new FiscalError({
    code: 'merchant.required',
    message: 'A request names its merchant when there is not exactly one.',
    retryable: false,
  });
}
