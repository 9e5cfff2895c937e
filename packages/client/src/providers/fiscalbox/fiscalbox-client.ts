import { randomUUID } from 'node:crypto';
import { checkConfirmation, FiscalError, type Wallet } from '@fiscalkit/schemas';
import type { Registration } from '../../contract/verdict.js';
import { errorOfVerdict, passAbort } from '../../errors/error-of-verdict.js';
import type { ClientCallOptions } from '../../transport/client-call-options.js';
import { verdictOfConfirmation } from './answer-to-verdict.js';
import { type FiscalboxApi, openFiscalboxApi } from './fiscalbox-api.js';
import { freezeConfirmation } from './freeze.js';
import { readFrozenConfirmation } from './frozen-confirmation.js';
import { operationOf } from './operation.js';
import { providerName } from './provider-name.js';
import type { FiscalboxSettings } from './settings.js';

/** Confirmation of a wallet payment: its id under the wallet's key, and the link to the receipt. */
export type ConfirmationInput =
  | { readonly transaction_id: string; readonly qr_code: string }
  | { readonly payment_id: string; readonly qr_code: string };

/** Client of FiscalBox's confirmations for callers without a ledger: a result or a `FiscalError`. */
export interface FiscalboxClient {
  readonly payments: {
    /**
     * Attaches a Soliq receipt link to a wallet payment, in exactly one attempt; `details` holds the wallet's
     * answer. Throws `confirmation.invalid` with its faults before anything is sent, and
     * `provider.outcome-unknown` if the payment may be confirmed nevertheless.
     */
    confirm(
      wallet: Wallet,
      confirmation: ConfirmationInput,
      options?: ClientCallOptions,
    ): Promise<Registration>;
  };
  /** Closes the connections that the client opened. */
  close(): Promise<void>;
}

/** Opens a client of FiscalBox. */
export function createFiscalboxClient(settings: FiscalboxSettings = {}): FiscalboxClient {
  const { clock = () => new Date() } = settings;
  const api = openFiscalboxApi(settings);
  return {
    payments: {
      confirm: (wallet, confirmation, options) =>
        confirmPayment({ api, clock, ...options }, wallet, confirmation),
    },
    close: () => api.close(),
  };
}

interface ConfirmationCall extends ClientCallOptions {
  readonly api: FiscalboxApi;
  readonly clock: () => Date;
}

async function confirmPayment(
  { api, clock, signal, totalMs }: ConfirmationCall,
  wallet: Wallet,
  input: ConfirmationInput,
): Promise<Registration> {
  const operation = operationOf(wallet);
  const body = freezeConfirmation({ operation, document: checked(wallet, input) });
  const requestId = randomUUID();
  const outcome = await api.confirm(wallet, body, { requestId, signal, budgetMs: totalMs });
  passAbort(outcome, signal);
  const verdict = verdictOfConfirmation(outcome, readFrozenConfirmation({ operation, body }), clock());
  if (verdict.kind !== 'registered') {
    throw errorOfVerdict(verdict, { provider: providerName, requestId });
  }
  return verdict.registration;
}

function checked(wallet: Wallet, input: ConfirmationInput): Readonly<Record<string, string>> {
  const check = checkConfirmation(wallet, input);
  if (!check.ok) {
    throw new FiscalError({
      code: 'confirmation.invalid',
      message: 'The confirmation has faults; nothing was sent.',
      retryable: false,
      faults: check.faults,
    });
  }
  return check.confirmation.document;
}
