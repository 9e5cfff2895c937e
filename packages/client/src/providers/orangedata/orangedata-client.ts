import { randomUUID } from 'node:crypto';
import { type CorrectionInput, FiscalError, type ReceiptInput, type ReceiptStatus } from '@fiscalkit/schemas';
import type { RegistrationDocument } from '../../contract/provider.js';
import type { Reason, Registration } from '../../contract/verdict.js';
import { checkedCorrection, checkedReceipt } from '../../errors/checked-receipt.js';
import { errorOfQuestion, errorOfVerdict, passAbort } from '../../errors/error-of-verdict.js';
import type { ClientCallOptions } from '../../transport/client-call-options.js';
import { type Deadline, startDeadline } from '../../transport/deadline.js';
import { waitUntilFinal } from '../../transport/wait-until-final.js';
import { verdictOfRegistration, verdictOfStatusQuestion } from './answer-to-verdict.js';
import { freezeDocument } from './freeze.js';
import { type DocumentKind, readFrozen, secretsOf } from './frozen-request.js';
import { type OrangedataApi, openOrangedataApi } from './orangedata-api.js';
import { providerName } from './provider-name.js';
import type { OrangedataSettings } from './settings.js';

/** Receipt or correction as OrangeData shows it. */
export interface OrangedataReceipt {
  /** Our id, by which it is asked for. */
  readonly id: string;
  readonly status: ReceiptStatus;
  /** Fiscal mark and link; `null` unless registered. */
  readonly registration: Registration | null;
  /** Why it is rejected; `null` otherwise. */
  readonly reason: Reason | null;
}

/** Options of a registration. */
export interface CreateOptions extends ClientCallOptions {
  /**
   * Id of ours, unique in the organisation over all receipts; a repeat under it makes no second receipt. A
   * random one by default, which errors name as their `requestId`.
   */
  readonly id?: string;
}

/** Options of waiting for a receipt. */
export interface OrangedataWaitOptions {
  readonly signal?: AbortSignal;
  /** 60,000 milliseconds by default. */
  readonly timeoutMs?: number;
}

/** Receipts, or corrections, without a ledger. */
export interface OrangedataDocuments<Input> {
  /**
   * Checks the document and sends it in exactly one attempt. Throws `receipt.invalid` or `correction.invalid`
   * with its faults or `provider.unsupported` before anything is sent, and `provider.outcome-unknown` if it may
   * have been taken nevertheless: call again with the same document and the same `id`.
   */
  create(document: Input, options?: CreateOptions): Promise<OrangedataReceipt>;
  /** Returns the current state of a document. */
  get(id: string, options?: ClientCallOptions): Promise<OrangedataReceipt>;
  /** Resolves to the final document. Throws `provider.still-pending` after `timeoutMs`. */
  waitFor(id: string, options?: OrangedataWaitOptions): Promise<OrangedataReceipt>;
}

/** Client of a group of registers at OrangeData without a ledger: results or errors, and nothing sent twice. */
export interface OrangedataClient {
  readonly receipts: OrangedataDocuments<ReceiptInput>;
  readonly corrections: OrangedataDocuments<CorrectionInput>;
  /** Closes the connections that the client opened. */
  close(): Promise<void>;
}

interface Dependencies {
  readonly api: OrangedataApi;
  readonly settings: OrangedataSettings;
  readonly pollMs: number;
  readonly clock: () => Date;
}

const longestWaitMs = 60_000;

/** Opens a client of a group of registers. Throws the errors of `createOrangedata`. */
export function createOrangedataClient(settings: OrangedataSettings): OrangedataClient {
  const { pollMs = 2000, clock = () => new Date() } = settings;
  const dependencies = { api: openOrangedataApi(settings), settings, pollMs, clock };
  const corrections = settings.format === 'ru_1_05' ? 'corrections' : 'correction12';
  return {
    receipts: documentsOf<ReceiptInput>(dependencies, 'documents', (receipt, now) => ({
      operation: 'receipt',
      document: { ...checkedReceipt(receipt, { now }) },
    })),
    corrections: documentsOf<CorrectionInput>(dependencies, corrections, (correction, now) => ({
      operation: 'correction',
      document: { ...checkedCorrection(correction, { now }) },
    })),
    close: () => dependencies.api.close(),
  };
}

function documentsOf<Input>(
  dependencies: Dependencies,
  kind: DocumentKind,
  checked: (input: Input, now: Date) => RegistrationDocument,
): OrangedataDocuments<Input> {
  return {
    create: (input, options = {}) => create(dependencies, options, (now) => checked(input, now)),
    get: (id, { signal, totalMs } = {}) =>
      get(dependencies, { kind, id, signal, deadline: startDeadline(totalMs) }),
    waitFor: (id, { signal, timeoutMs = longestWaitMs } = {}) => {
      const deadline = startDeadline(timeoutMs);
      const ask = () => get(dependencies, { kind, id, signal, deadline });
      return waitUntilFinal({ provider: providerName, ask, deadline, pauseMs: dependencies.pollMs, signal });
    },
  };
}

async function create(
  { api, settings, pollMs, clock }: Dependencies,
  { id = randomUUID(), signal, totalMs }: CreateOptions,
  checked: (now: Date) => RegistrationDocument,
): Promise<OrangedataReceipt> {
  const now = clock();
  const frozen = readFrozen(freezeDocument(checked(now), { reference: id, businessTime: now }, settings));
  const call = { requestId: id, signal, budgetMs: totalMs };
  const outcome = await api.register(frozen.kind, frozen.body, call);
  passAbort(outcome, signal);
  const circumstances = { reference: id, now: clock(), secrets: secretsOf(frozen), pollAfterMs: pollMs };
  const verdict = verdictOfRegistration(outcome, circumstances);
  if (verdict.kind === 'pending') return { id, status: 'pending', registration: null, reason: null };
  throw errorOfVerdict(verdict, { provider: providerName, requestId: id });
}

interface Question {
  readonly kind: DocumentKind;
  readonly id: string;
  readonly signal: AbortSignal | undefined;
  readonly deadline: Deadline;
}

async function get(
  { api, settings, pollMs, clock }: Dependencies,
  { kind, id, signal, deadline }: Question,
): Promise<OrangedataReceipt> {
  const { inn, receiptPages: hasPages = false } = settings;
  const requestId = randomUUID();
  const outcome = await api.status(kind, id, { requestId, signal, budgetMs: deadline() });
  passAbort(outcome, signal);
  const question = { reference: id, inn, hasPages, now: clock(), secrets: [], pollAfterMs: pollMs };
  const verdict = verdictOfStatusQuestion(outcome, question);
  switch (verdict.kind) {
    case 'registered':
      return { id, status: 'registered', registration: verdict.registration, reason: null };
    case 'rejected':
      return { id, status: 'rejected', registration: null, reason: verdict.reason };
    case 'pending':
      return { id, status: 'pending', registration: null, reason: null };
    case 'doubtful':
      throw new FiscalError({
        code: verdict.reason.code,
        message: verdict.reason.message,
        retryable: false,
        provider: providerName,
        requestId,
      });
    default:
      throw errorOfQuestion(verdict.reason, { provider: providerName, requestId });
  }
}
