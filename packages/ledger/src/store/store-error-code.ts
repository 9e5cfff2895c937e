import { isFiscalError } from '@fiscalkit/schemas/errors';

/** The code by which observers hear of a store's error. */
export function storeErrorCode(error: unknown): string {
  return isFiscalError(error) ? error.code : 'ledger.failed';
}
