import type { Provider } from '../../contract/provider.js';
import { verdictOfCreation, verdictOfQuestion } from './answer-to-verdict.js';
import { freedompayCapabilities } from './capabilities.js';
import { checkConnection } from './check-connection.js';
import { findReceipt } from './find.js';
import { openFreedompayApi } from './freedompay-api.js';
import { freezeReceipt } from './freeze.js';
import { listDocuments } from './list-documents.js';
import { listRows } from './list-rows.js';
import { providerName } from './provider-name.js';
import type { FreedompaySettings } from './settings.js';
import { SharedWalks } from './shared-walks.js';
import { freedompayUnknownOutcome } from './unknown-outcome.js';

/**
 * Creates the provider of FreedomPay's receipts API. Throws a `FiscalError` with `settings.base-url` for an
 * invalid address, and with `settings.merchant-id` or `settings.secret-key` for one that is missing or blank.
 * Source: https://freedompay.uz/docs-en/formirovaniye-chekov/api
 */
export function createFreedompay(settings: FreedompaySettings): Provider {
  const {
    merchantId,
    settlesWithinMs,
    clockToleranceMs = 5 * 60 * 1000,
    clock = () => new Date(),
  } = settings;
  const api = openFreedompayApi(settings);
  const capabilities = freedompayCapabilities(settlesWithinMs);
  const everybodys = new SharedWalks((window, call) => listRows({ api, clock }, window, call));
  return {
    name: providerName,
    capabilities,
    account: { address: api.address, merchantId },
    unknownOutcome: freedompayUnknownOutcome(capabilities, clockToleranceMs),
    freeze: (document, { reference, businessTime }) => ({
      operation: document.operation,
      reference,
      businessTime,
      body: freezeReceipt(document, merchantId),
    }),
    submit: async ({ body, reference }, options) => {
      const outcome = await api.create(body, { requestId: reference, signal: options?.signal });
      return verdictOfCreation(outcome, body, clock());
    },
    poll: async ({ body, reference }, receiptId, options) => {
      const outcome = await api.get(receiptId, { requestId: reference, signal: options?.signal });
      return verdictOfQuestion(outcome, { receiptId, body, now: clock() });
    },
    find: (request, options) =>
      findReceipt({ api, clock, toleranceMs: clockToleranceMs, everybodys }, request, options),
    check: (options) => checkConnection({ api, clock }, options?.signal),
    list: (window) => listDocuments(window, { api, clock }),
    close: () => api.close(),
  };
}
