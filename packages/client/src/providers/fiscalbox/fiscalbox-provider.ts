import type { Provider } from '../../contract/provider.js';
import type { Unknown } from '../../contract/verdict.js';
import { reasonOf } from '../../verdicts/reason.js';
import { verdictOfConfirmation } from './answer-to-verdict.js';
import { fiscalboxCapabilities } from './capabilities.js';
import { openFiscalboxApi } from './fiscalbox-api.js';
import { freezeConfirmation } from './freeze.js';
import { readFrozenConfirmation } from './frozen-confirmation.js';
import { providerName } from './provider-name.js';
import type { FiscalboxSettings } from './settings.js';
import { fiscalboxUnknownOutcome } from './unknown-outcome.js';

/** Verdict of polls and searches: FiscalBox has neither for confirmations. */
const noSuchQuestion: Unknown = { kind: 'unknown', reason: reasonOf('provider.unsupported') };

/**
 * Creates the provider of FiscalBox's payment confirmations, which attaches a Soliq receipt link to a wallet
 * payment. Throws a `FiscalError` with `settings.base-url` for an invalid address, and with
 * `settings.api-key` for a blank key. Source: https://dev.fbox.uz
 */
export function createFiscalbox(settings: FiscalboxSettings = {}): Provider {
  const { clock = () => new Date() } = settings;
  const api = openFiscalboxApi(settings);
  const capabilities = fiscalboxCapabilities(settings);
  return {
    name: providerName,
    capabilities,
    // FiscalBox knows installations, not merchants.
    account: { address: api.address, merchantId: null },
    unknownOutcome: fiscalboxUnknownOutcome(capabilities),
    freeze: (document, { reference, businessTime }) => ({
      operation: document.operation,
      reference,
      businessTime,
      body: freezeConfirmation(document),
    }),
    submit: async (request, options) => {
      const confirmation = readFrozenConfirmation(request);
      const call = { requestId: request.reference, signal: options?.signal };
      const outcome = await api.confirm(confirmation.wallet, request.body, call);
      return verdictOfConfirmation(outcome, confirmation, clock());
    },
    poll: async () => noSuchQuestion,
    find: async () => noSuchQuestion,
    close: () => api.close(),
  };
}
