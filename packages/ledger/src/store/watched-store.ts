import { types } from 'node:util';
import { isFiscalError } from '@fiscalkit/schemas/errors';
import { type LedgerSignal, storeError } from '../entry/signals.js';
import { isUnavailable } from './errors.js';
import type { LedgerStore } from './ledger-store.js';

/**
 * Wraps the store for callers of the ledger: its failures are reported to observers as well as to the caller.
 * Delivery reports its own troubles, and works on the store itself.
 */
export function watchedStore(store: LedgerStore, emit: (event: LedgerSignal) => void): LedgerStore {
  const report = (error: unknown): never => {
    // What a document has brought about is no trouble of the store.
    if (isUnavailable(error) || !isFiscalError(error)) emit(storeError(error));
    throw error;
  };
  const watchIteration = async function* <Item>(portions: AsyncIterable<Item>) {
    try {
      yield* portions;
    } catch (error) {
      report(error);
    }
  };
  return new Proxy(store, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return (...given: readonly unknown[]) => {
        const result: unknown = Reflect.apply(member, target, given);
        if (types.isPromise(result)) return result.catch(report);
        return isAsyncIterable(result) ? watchIteration(result) : result;
      };
    },
  });
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
