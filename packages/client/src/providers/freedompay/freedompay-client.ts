import type { ProviderReceipt, ReceiptInput } from '@fiscalkit/schemas';
import type { ClientCallOptions } from '../../transport/client-call-options.js';
import { startDeadline } from '../../transport/deadline.js';
import { waitUntilFinal } from '../../transport/wait-until-final.js';
import { createReceipt } from './create-receipt.js';
import { openFreedompayApi } from './freedompay-api.js';
import { getReceipt } from './get-receipt.js';
import { type ListFilter, listReceipts } from './list-receipts.js';
import { providerName } from './provider-name.js';
import type { FreedompaySettings } from './settings.js';

/** Options of waiting for a receipt. */
export interface WaitOptions {
  readonly signal?: AbortSignal;
  /** 60,000 milliseconds by default. */
  readonly timeoutMs?: number;
  /** Pause after the first query in milliseconds, which grows. 500 by default. */
  readonly pauseMs?: number;
}

/** Client of FreedomPay's receipts without a ledger: results or errors, and no creation sent twice. */
export interface FreedompayClient {
  readonly receipts: {
    /**
     * Checks the receipt and sends it in exactly one attempt. Throws `receipt.invalid` with its faults before
     * anything is sent, and `provider.outcome-unknown` if it may have been created nevertheless: search for
     * it before repeating.
     */
    create(receipt: ReceiptInput, options?: ClientCallOptions): Promise<ProviderReceipt>;
    /** Returns the current state of a receipt. */
    get(receiptId: string, options?: ClientCallOptions): Promise<ProviderReceipt>;
    /** Lists the receipts that pass the filter, newest first, over as many pages as there are. */
    list(filter?: ListFilter, options?: ClientCallOptions): AsyncIterable<ProviderReceipt>;
    /** Resolves to the final receipt. Throws `provider.still-pending` after `timeoutMs`. */
    waitFor(receiptId: string, options?: WaitOptions): Promise<ProviderReceipt>;
  };
  /** Closes the connections that the client opened. */
  close(): Promise<void>;
}

/**
 * Opens a client of FreedomPay's receipts API for one merchant. Throws a `FiscalError` with
 * `settings.base-url`, `settings.merchant-id` or `settings.secret-key`.
 */
export function createFreedompayClient(settings: FreedompaySettings): FreedompayClient {
  const { merchantId, clock = () => new Date() } = settings;
  const api = openFreedompayApi(settings);
  return {
    receipts: {
      create: (receipt, options) => createReceipt({ api, merchantId, clock }, receipt, options),
      get: (receiptId, { signal, totalMs } = {}) =>
        getReceipt(receiptId, { api, clock, signal, deadline: startDeadline(totalMs) }),
      list: (filter = {}, { signal, totalMs } = {}) =>
        listReceipts(filter, { api, clock, signal, deadline: startDeadline(totalMs) }),
      waitFor: (receiptId, { signal, timeoutMs = 60_000, pauseMs = 500 } = {}) => {
        const deadline = startDeadline(timeoutMs);
        const ask = () => getReceipt(receiptId, { api, clock, signal, deadline });
        return waitUntilFinal({ provider: providerName, ask, deadline, pauseMs, signal });
      },
    },
    close: () => api.close(),
  };
}
