import type { Reason } from '@fiscalkit/client';
import {
  canonicalJson,
  canonicalSoliqLink,
  checkConfirmation,
  type Fault,
  FiscalError,
  type Wallet,
} from '@fiscalkit/schemas';
import { accountScope } from '../entry/accounts.js';
import type { Entry, NewEntry } from '../entry/entry.js';
import { sha256Hex } from '../journal/digest.js';
import { acceptEntry, awaitFinal } from './accept-entry.js';
import { confirmationConflict } from './errors.js';
import { frozenDocument } from './frozen-document.js';
import { idempotencyKey } from './idempotency.js';
import type { LedgerContext } from './ledger-context.js';
import { chooseProvider } from './merchants.js';

/** A confirmation to prepare. */
export interface PrepareConfirmation {
  readonly merchant: string;
  readonly wallet: Wallet;
  /** The unchecked document; it is checked here. */
  readonly confirmation: unknown;
  /** 1–255 printable ASCII characters; derived from the content when absent. */
  readonly idempotencyKey?: string | undefined;
}

/** A confirmation to accept. */
export interface ConfirmPayment extends PrepareConfirmation {
  /** How long to wait for the final state, in milliseconds; 10,000 when absent. */
  readonly waitMs?: number | undefined;
  /** Ends the wait early: the result is then what is known so far. */
  readonly signal?: AbortSignal | undefined;
}

/** Result of a confirmation. `pending`: stored, to be delivered; the same call again returns the outcome. */
export type ConfirmedPayment = { readonly replayed: boolean } & (
  | { readonly state: 'registered'; readonly data: Readonly<Record<string, unknown>> }
  | { readonly state: 'rejected'; readonly reason: Reason }
  | { readonly state: 'pending' }
);

const defaultWaitMs = 10_000;

/** Accepts payment confirmations. */
export class PaymentService {
  readonly #context: LedgerContext;

  constructor(context: LedgerContext) {
    this.#context = context;
  }

  /**
   * Attaches a Soliq link to a wallet payment and waits for the provider. A payment has one link, and a link
   * one payment; the same pair again is a repeat, whatever its key. Throws a `FiscalError` with code
   * `confirmation.invalid` and all faults, `confirmation.payment.conflict`, `confirmation.link.conflict`,
   * `idempotency.conflict`, `idempotency.key.format`, `merchant.unknown`, `provider.unsupported` or
   * `ledger.unavailable`; nothing is stored then.
   */
  async confirm(request: ConfirmPayment): Promise<ConfirmedPayment> {
    const outcome = await acceptEntry(this.#context, this.prepare(request));
    if (outcome.kind === 'conflict') throw confirmationConflict(outcome.over);
    const waitOptions = { waitMs: request.waitMs ?? defaultWaitMs, signal: request.signal };
    const entry = await awaitFinal(this.#context, outcome.entry, waitOptions);
    return { ...stateOf(entry), replayed: outcome.kind === 'replayed' };
  }

  /** Checks and freezes a confirmation as `confirm` would, and throws as `confirm` would; stores nothing. */
  prepare(request: PrepareConfirmation): NewEntry {
    const { wallet, confirmation, idempotencyKey: callersKey } = request;
    const merchant = this.#context.merchants.merchant(request.merchant);
    const checked = checkConfirmation(wallet, confirmation);
    if (!checked.ok) throw invalidConfirmation(checked.faults);
    const { paymentId, qr_code, document } = checked.confirmation;
    const operation = `confirmation.${wallet}`;
    const provider = chooseProvider(merchant, { operation });
    const link = canonicalSoliqLink(qr_code);
    const contentDigest = sha256Hex(canonicalJson({ wallet, payment_id: paymentId, link }));
    return {
      ...frozenDocument(this.#context, { merchant, provider, operation, document }),
      idempotencyKey: idempotencyKey(callersKey, contentDigest),
      contentDigest,
      uniqueKeys: [`payment:${wallet}:${paymentId}`, `link:${link}`],
      orderingKey: `${operation}:${accountScope(provider, merchant.id)}:${paymentId}`,
      facets: { paymentId, operationType: null, totalMinor: null },
    };
  }
}

function stateOf(entry: Entry) {
  const { state, registration, reason } = entry;
  if (state === 'registered') return { state, data: registration?.details ?? {} };
  if (state === 'rejected' && reason) return { state, reason };
  return { state: 'pending' } as const;
}

function invalidConfirmation(faults: readonly Fault[]): FiscalError {
  return new FiscalError({
    code: 'confirmation.invalid',
    message: 'The confirmation has faults; nothing was stored.',
    retryable: false,
    faults,
  });
}
