import type { Ledger, LedgerStore } from '@fiscalkit/ledger';
import { FiscalError } from '@fiscalkit/schemas';
import type { LedgerLifecycle } from '../module/ledger-lifecycle.js';

/** Completes requests of callers of one module instance, while it is open. */
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

  /** Returns the request with its merchant. Throws a `FiscalError`, code `request.missing`, for no object. */
  withMerchant<Request extends { readonly merchant?: string | undefined }>(request: Request) {
    if (typeof request !== 'object' || request === null) throw noRequest();
    return { ...request, merchant: chooseMerchant(this.#lifecycle.open.merchants, request.merchant) };
  }

  /** Returns the request with its merchant, and with a wait that ends when nothing more will happen here. */
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

/** Returns the named merchant, or the only one. Throws `merchant.required` or `merchant.unknown`. */
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
