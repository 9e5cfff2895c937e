import type { Ledger, LedgerStore } from '@fiscalkit/ledger';
import { FiscalError } from '@fiscalkit/schemas';
import type { LedgerLifecycle } from '../module/ledger-lifecycle.js';

/** What callers of one module instance hand documents in with, while it is open. */
export class RequestContext {
  readonly #lifecycle: LedgerLifecycle;

  constructor(lifecycle: LedgerLifecycle) {
    this.#lifecycle = lifecycle;
  }

  get ledger(): Ledger {
    return this.#lifecycle.open.ledger;
  }

  get store(): LedgerStore {
    return this.#lifecycle.open.store;
  }

  get telemetry() {
    return this.#lifecycle.telemetry;
  }

  /** The request with its merchant. Throws a `FiscalError` with code `request.missing` when it is no object. */
  withMerchant<Request extends { readonly merchant?: string | undefined }>(request: Request) {
    if (typeof request !== 'object' || request === null) throw noRequest();
    return { ...request, merchant: chooseMerchant(this.#lifecycle.open.merchants, request.merchant) };
  }

  /** The request with its merchant, and a wait that ends when nothing more will happen here. */
  withWaitLimit<Request extends ForMerchant<{ merchant: string; signal?: AbortSignal | undefined }>>(
    request: Request,
  ) {
    const named = this.withMerchant(request);
    const { drained } = this.#lifecycle;
    const signal = request.signal ? AbortSignal.any([request.signal, drained]) : drained;
    return { ...named, signal };
  }
}

/** A request that need not name the merchant where there is exactly one. */
export type ForMerchant<Request extends { readonly merchant: string }> = Omit<Request, 'merchant'> & {
  readonly merchant?: string | undefined;
};

/** The merchant that was named, or the only one. Throws a `FiscalError` with code `merchant.required` or `merchant.unknown`. */
function chooseMerchant(merchants: readonly string[], named: string | undefined): string {
  const [only, ...others] = merchants;
  if (named === undefined && only !== undefined && others.length === 0) return only;
  if (named === undefined) {
    throw merchantFault('required', 'A request names its merchant when there is not exactly one.');
  }
  // Known before anything is traced: a name from outside must not become one of a span's attributes.
  if (merchants.includes(named)) return named;
  throw merchantFault('unknown', 'This merchant is not configured.');
}

function noRequest(): FiscalError {
  return new FiscalError({
    code: 'request.missing',
    message: 'A request is an object, for example { receipt }.',
    retryable: false,
  });
}

function merchantFault(fault: string, message: string): FiscalError {
  return new FiscalError({ code: `merchant.${fault}`, message, retryable: false });
}
