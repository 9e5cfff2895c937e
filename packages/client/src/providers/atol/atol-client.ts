import { randomUUID } from 'node:crypto';
import { type CorrectionInput, FiscalError, type ReceiptInput, type ReceiptStatus } from '@fiscalkit/schemas';
import type { RegistrationDocument } from '../../contract/provider.js';
import type { Reason, Registration, Verdict } from '../../contract/verdict.js';
import { checkedCorrection, checkedReceipt } from '../../errors/checked-receipt.js';
import { errorOfQuestion, errorOfVerdict } from '../../errors/error-of-verdict.js';
import type { ClientCallOptions } from '../../transport/client-call-options.js';
import { type Deadline, startDeadline } from '../../transport/deadline.js';
import { waitUntilFinal } from '../../transport/wait-until-final.js';
import { verdictOfRegistration, verdictOfReport } from './answer-to-verdict.js';
import { type AtolApi, openAtolApi } from './atol-api.js';
import { freezeDocument } from './freeze.js';
import { readFrozen } from './frozen-request.js';
import { providerName } from './provider-name.js';
import type { AtolSettings } from './settings.js';

/** Receipt or correction as ATOL shows it. */
export interface AtolReceipt {
  /** ATOL's id, by which it is asked for. */
  readonly uuid: string;
  readonly status: ReceiptStatus;
  /** Fiscal mark and link; `null` unless registered. */
  readonly registration: Registration | null;
  /** Why it is rejected; `null` otherwise. */
  readonly reason: Reason | null;
}

/** Options of a registration. */
export interface CreateOptions extends ClientCallOptions {
  /**
   * Id of ours, unique in the group over all operations; a repeat under it makes no second receipt. A random one
   * by default, which errors name as their `requestId`.
   */
  readonly externalId?: string;
}

/** Options of waiting for a receipt. */
export interface AtolWaitOptions {
  readonly signal?: AbortSignal;
  /** 330,000 milliseconds by default: a document waits at most 300 seconds for a register. */
  readonly timeoutMs?: number;
}

/** Client of a register group of ATOL Online without a ledger: results or errors, and nothing sent twice. */
export interface AtolClient {
  readonly receipts: {
    /**
     * Checks the receipt and sends it in exactly one attempt. Throws `receipt.invalid` with its faults or
     * `provider.unsupported` before anything is sent, and `provider.outcome-unknown` if it may have been taken
     * nevertheless: call again with the same receipt and the same `externalId`.
     */
    create(
      receipt: ReceiptInput,
      options?: CreateOptions,
    ): Promise<AtolReceipt & { readonly externalId: string }>;
    /** Returns the current state of a receipt. Throws `provider.doubtful` if only a person can tell. */
    get(uuid: string, options?: ClientCallOptions): Promise<AtolReceipt>;
    /** Resolves to the final receipt. Throws `provider.still-pending` after `timeoutMs`. */
    waitFor(uuid: string, options?: AtolWaitOptions): Promise<AtolReceipt>;
  };
  readonly corrections: {
    /**
     * Checks the correction and sends it in exactly one attempt; `receipts.get` and `receipts.waitFor` ask for
     * it. Throws as `receipts.create`, with `correction.invalid` for its faults.
     */
    create(
      correction: CorrectionInput,
      options?: CreateOptions,
    ): Promise<AtolReceipt & { readonly externalId: string }>;
  };
  /** Closes the connections that the client opened. */
  close(): Promise<void>;
}

interface Parts {
  readonly api: AtolApi;
  readonly settings: AtolSettings;
  readonly pollMs: number;
  readonly clock: () => Date;
}

const longestWaitMs = 330_000;

/** Opens a client of a register group. Throws the errors of `createAtol`. */
export function createAtolClient(settings: AtolSettings): AtolClient {
  const { pollMs = 2000, clock = () => new Date() } = settings;
  const parts = { api: openAtolApi(settings), settings, pollMs, clock };
  return {
    receipts: {
      create: (receipt, options = {}) =>
        createDocument(parts, options, (now) => ({
          operation: 'receipt',
          document: { ...checkedReceipt(receipt, { now }) },
        })),
      get: (uuid, { signal, totalMs } = {}) =>
        getReceipt(parts, uuid, { signal, deadline: startDeadline(totalMs) }),
      waitFor: (uuid, { signal, timeoutMs = longestWaitMs } = {}) => {
        const deadline = startDeadline(timeoutMs);
        const ask = () => getReceipt(parts, uuid, { signal, deadline });
        return waitUntilFinal({ provider: providerName, ask, deadline, pauseMs: pollMs, signal });
      },
    },
    corrections: {
      create: (correction, options = {}) =>
        createDocument(parts, options, (now) => ({
          operation: 'correction',
          document: { ...checkedCorrection(correction, { now }) },
        })),
    },
    close: () => parts.api.close(),
  };
}

async function createDocument(
  { api, settings, pollMs, clock }: Parts,
  { externalId = randomUUID(), signal, totalMs }: CreateOptions,
  checked: (now: Date) => RegistrationDocument,
): Promise<AtolReceipt & { readonly externalId: string }> {
  const now = clock();
  const identity = { reference: externalId, businessTime: now };
  const { operation, body } = readFrozen(freezeDocument(checked(now), identity, settings));
  const exchange = await api.register(operation, body, { requestId: externalId, signal, budgetMs: totalMs });
  const verdict = unlessAborted(
    exchange.kind === 'sent'
      ? verdictOfRegistration(exchange.outcome, { ...exchange, now: clock(), pollAfterMs: pollMs })
      : exchange,
    signal,
  );
  if (verdict.kind === 'pending') return { externalId, ...pending(verdict.providerDocumentId) };
  if (verdict.kind === 'rejected' || verdict.kind === 'retry' || verdict.kind === 'unknown') {
    throw errorOfVerdict(verdict, { provider: providerName, requestId: externalId });
  }
  throw doubtfulError(externalId);
}

interface Question {
  readonly signal: AbortSignal | undefined;
  readonly deadline: Deadline;
}

async function getReceipt(
  { api, pollMs, clock }: Parts,
  uuid: string,
  { signal, deadline }: Question,
): Promise<AtolReceipt> {
  const requestId = randomUUID();
  const exchange = await api.report(uuid, { requestId, signal, budgetMs: deadline() });
  const verdict = unlessAborted(
    exchange.kind === 'sent'
      ? verdictOfReport(exchange.outcome, { ...exchange, uuid, now: clock(), pollAfterMs: pollMs })
      : exchange,
    signal,
  );
  switch (verdict.kind) {
    case 'registered':
      return { uuid, status: 'registered', registration: verdict.registration, reason: null };
    case 'rejected':
      return { uuid, status: 'rejected', registration: null, reason: verdict.reason };
    case 'pending':
      return pending(uuid);
    case 'doubtful':
      throw doubtfulError(requestId);
    default:
      throw errorOfQuestion(verdict.reason, { provider: providerName, requestId });
  }
}

/** Returns the verdict; throws the caller's own reason if the caller ended the call. */
function unlessAborted(verdict: Verdict, signal: AbortSignal | undefined): Verdict {
  if ('reason' in verdict && verdict.reason?.code === 'provider.aborted') signal?.throwIfAborted();
  return verdict;
}

function pending(uuid: string): AtolReceipt {
  return { uuid, status: 'pending', registration: null, reason: null };
}

function doubtfulError(requestId: string): FiscalError {
  return new FiscalError({
    code: 'provider.doubtful',
    message: 'ATOL may have registered the receipt although it reports a failure: a person has to look.',
    retryable: false,
    provider: providerName,
    requestId,
  });
}
