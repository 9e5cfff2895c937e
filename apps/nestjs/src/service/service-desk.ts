import type { Ledger, LedgerStore } from '@fiscalkit/ledger';
import type { LedgerKeeper } from '../module/ledger-keeper.js';
import { chooseMerchant, type ForMerchant } from './choose-merchant.js';

/** What callers of one module instance hand documents in with, while it is open. */
export class ServiceDesk {
  readonly #keeper: LedgerKeeper;

  constructor(keeper: LedgerKeeper) {
    this.#keeper = keeper;
  }

  get ledger(): Ledger {
    return this.#keeper.open.ledger;
  }

  get store(): LedgerStore {
    return this.#keeper.open.store;
  }

  get telemetry() {
    return this.#keeper.telemetry;
  }

  /** The request with its merchant. */
  addressed<Request extends { readonly merchant?: string | undefined }>(request: Request) {
    return { ...request, merchant: chooseMerchant(this.#keeper.open.merchants, request.merchant) };
  }

  /** The request with its merchant, and a wait that ends when nothing more will happen here. */
  patient<Request extends ForMerchant<{ merchant: string; signal?: AbortSignal | undefined }>>(
    request: Request,
  ) {
    const { drained } = this.#keeper;
    const signal = request.signal ? AbortSignal.any([request.signal, drained]) : drained;
    return { ...this.addressed(request), signal };
  }
}
