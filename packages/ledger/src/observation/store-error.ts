import { isFiscalError } from '@fiscalkit/schemas/errors';
import { storeTroubleOf } from '../store/store-trouble.js';
import type { LedgerEvent } from './ledger-event.js';

/** What observers hear of a store's error. */
export function storeError(error: unknown): Extract<LedgerEvent, { type: 'store-error' }> {
  const code = isFiscalError(error) ? error.code : 'ledger.failed';
  return { type: 'store-error', code, ...storeTroubleOf(error) };
}
