import {
  type FindOptions,
  findingOf,
  type OperationCapabilities,
  type OriginDocument,
  type Provider,
  type Reason,
  type Rejected,
  unknownPlan,
  type Verdict,
} from '@fiscalkit/client';
import type { StepResult } from '../entry/after-step.js';
import { doubtfulReason, isRepeatUnproven, windowOverReason } from '../entry/doubt.js';
import type { Entry, ListedEntry } from '../entry/entry.js';
import { originDocument, originOf } from '../entry/receipt-origin.js';
import type { Step } from '../entry/transition.js';
import type { Claim, LedgerStore } from '../store/ledger-store.js';

/** Reads of a call; without lists, a search considers no other payment. */
type SearchedStore = Pick<LedgerStore, 'boundDocumentIds'> & Partial<Pick<LedgerStore, 'list' | 'get'>>;

/** A claimed entry with what its step needs. */
export interface ProviderCall {
  readonly claim: Claim;
  readonly provider: Provider;
  /** Capabilities for this entry, now. */
  readonly capabilities: OperationCapabilities;
  readonly store: SearchedStore;
  /** Aborts the call; its outcome is then unknown, even when the provider ignores the signal. */
  readonly signal: AbortSignal;
}

/** Takes the step that the entry is due for, with one call to the provider. Never rejects. */
export function callProvider(call: ProviderCall): Promise<StepResult> {
  const { claim, signal } = call;
  return new Promise((resolve) => {
    const unanswered = (reason: Reason) => resolve(stepUnanswered(claim.step, reason));
    const cutOff = () => unanswered(signal.reason === callTookTooLong ? callTookTooLong : callAborted);
    signal.addEventListener('abort', cutOff, { once: true });
    takeStep(call)
      .then((result) => withoutBuyer(result, claim.entry))
      .then(resolve, () => unanswered(callFailed));
  });
}

async function takeStep(call: ProviderCall): Promise<StepResult> {
  const { claim, provider, capabilities, store, signal } = call;
  const { entry, step } = claim;
  const plan = unknownPlan(capabilities);
  switch (step) {
    case 'submit': {
      // The decision to send again may be old: it was made within the window.
      if (hasWindow(call) && plan !== 'resend' && isRepeatUnproven(entry)) {
        return stepNotTaken(step, windowOverReason);
      }
      const origin = await originNow(entry, store).catch(() => 'unread' as const);
      if (origin === 'unread') return stepNotTaken(step, originUnread);
      const verdict = await provider.submit(entry.request, { signal, ...(origin && { origin }) });
      // Where requests are not distinct by their documents, the entries of one order may share an id.
      return { step, verdict: plan === 'find' ? await doubtBoundDocument(verdict, entry, store) : verdict };
    }
    case 'poll': {
      // A pending entry has an id: it came with the verdict that made it pending.
      const documentId = entry.providerDocumentId ?? entry.request.reference;
      const verdict = await provider.poll(entry.request, documentId, { signal });
      const isFoundByContent = plan === 'find' && capabilities.findsBy === 'content';
      if (verdict.kind !== 'rejected' || !isFoundByContent) return { step, verdict };
      return { step, verdict: await liveBeside(verdict, documentId, call) };
    }
    case 'find': {
      if (plan !== 'find' && entry.providerDocumentId !== null) {
        return {
          step,
          finding: findingOf(await provider.poll(entry.request, entry.providerDocumentId, { signal })),
        };
      }
      if (plan === 'resend') return { step, finding: { kind: 'resend' } };
      if (plan === 'person' && hasWindow(call)) return stepNotTaken(step, windowOverReason);
      const options = { ...(await searchOf(entry, store)), signal };
      return { step, finding: await provider.find(entry.request, options) };
    }
  }
}

/** Reads the receipt that a document refunds or closes; `null` for any other document. */
export async function originNow(entry: Entry, store: SearchedStore): Promise<OriginDocument | null> {
  const stored = originOf(entry);
  const origin = stored && (await store.get?.(entry.merchant, stored.receipt_id));
  return origin ? originDocument(origin) : null;
}

const originUnread = {
  code: 'ledger.unavailable',
  message: 'The receipt that this one was made from could not be read; nothing was sent.',
} as const;

function hasWindow({ capabilities }: Pick<ProviderCall, 'capabilities'>): boolean {
  return capabilities.deduplicationWindowMs !== undefined;
}

/**
 * Returns the verdict of a rejection. A refused receipt may have a live one beside it, which the provider
 * made of the same request, and because of which it refuses this one. Until a search could show that, it is
 * not final.
 */
async function liveBeside(
  rejected: Rejected,
  documentId: string,
  { claim: { entry }, provider, store, signal }: ProviderCall,
): Promise<Verdict> {
  const { providerDocumentId: _refused, boundDocumentIds, ...search } = await searchOf(entry, store);
  const others = new Set([...boundDocumentIds, documentId]);
  const finding = await provider.find(entry.request, { ...search, boundDocumentIds: others, signal });
  if (finding.kind === 'unknown') return { ...finding, kind: 'retry' };
  return finding.kind === 'found' && finding.verdict.kind !== 'rejected' ? finding.verdict : rejected;
}

async function searchOf(entry: Entry, store: SearchedStore): Promise<FindOptions> {
  const { firstAttemptAt, acceptedAt, providerDocumentId } = entry;
  const boundDocumentIds = await store.boundDocumentIds(entry);
  return {
    since: firstAttemptAt ?? acceptedAt,
    boundDocumentIds,
    ...(providerDocumentId !== null && { providerDocumentId }),
    ...(store.list && { otherPayment: otherPaymentOf(entry, store.list.bind(store)) }),
  };
}

/** More documents than any payment has. */
const mostEntries = 1_000;

/** Reads the merchant's entries under other payment ids. */
function otherPaymentOf(
  { merchant, account, facets }: Entry,
  list: LedgerStore['list'],
): NonNullable<FindOptions['otherPayment']> {
  return async (paymentId) => {
    if (paymentId === facets.paymentId) return { boundDocumentIds: new Set(), open: false };
    const all = await list({ merchant, paymentId, offset: 0, limit: mostEntries });
    const entries = all.filter((each) => each.account === account);
    return {
      boundDocumentIds: new Set(entries.flatMap((each) => each.providerDocumentId ?? [])),
      open: entries.some(isOpen),
    };
  };
}

function isOpen({ attempts, providerDocumentId, state }: ListedEntry): boolean {
  return attempts > 0 && providerDocumentId === null && state !== 'rejected';
}

const callAborted = {
  code: 'provider.aborted',
  message: 'The call was cut off because delivery was stopping.',
} as const;

const callFailed = {
  code: 'ledger.call-failed',
  message: 'The call ended in an unexpected error on our side.',
} as const;

/** Abort reason of a call that takes longer than any call may. */
export const callTookTooLong = {
  code: 'provider.timeout',
  message: 'The call took longer than any call may.',
  outage: true,
} as const;

/**
 * Returns the verdict, unless it names a document of another entry of the same order: that is no evidence
 * about this entry, whose own document may exist all the same. So it is doubtful, and the entry takes no id
 * from it.
 */
async function doubtBoundDocument(
  verdict: Verdict,
  entry: Entry,
  store: Pick<LedgerStore, 'boundDocumentIds'>,
): Promise<Verdict> {
  const named = documentOf(verdict);
  if (named === null) return verdict;
  const bound = Array.from(await store.boundDocumentIds(entry), plain);
  if (!bound.includes(plain(named))) return verdict;
  const candidates = [{ providerDocumentId: named, differs: ['receipt_id'] }];
  const reason = verdict.kind === 'doubtful' ? verdict.reason : { ...doubtfulReason(), candidates };
  return { kind: 'doubtful', reason };
}

function documentOf(verdict: Verdict): string | null {
  if (verdict.kind === 'registered') return verdict.registration.providerDocumentId;
  return ('providerDocumentId' in verdict && verdict.providerDocumentId) || null;
}

function plain(id: string): string {
  return id.trim().toLowerCase();
}

/** Returns the result of a step in which the provider was not called. */
export function stepNotTaken(step: Step, reason: Reason): StepResult {
  return step === 'find'
    ? { step, finding: { kind: 'unknown', reason } }
    : { step, verdict: { kind: 'retry', reason } };
}

/** Returns the result of a step that began, and whose answer is unknown. */
export function stepUnanswered(step: Step, reason: Reason): StepResult {
  return step === 'find'
    ? { step, finding: { kind: 'unknown', reason } }
    : { step, verdict: { kind: 'unknown', reason } };
}

/** Reason of a step that came too late after its claim to be sure that its lease outlasts it. */
export const callTooLate = {
  code: 'ledger.late',
  message: 'The process was too busy to send the document in time.',
} as const;

const mask = '***';

/** Shorter texts identify nobody, and would match parts of other words. */
const leastCharacters = 3;

/** Members of a document that identify its buyer, or that the shop has added. */
function textsOfBuyer({ document }: Pick<Entry, 'document'>): string[] {
  const values = [...Object.values(Object(document.customer)), Object(document.additional_user_props).value];
  return values.filter((value) => typeof value === 'string');
}

/** Masks the document's buyer in the provider's words of a result: a provider may quote what it refuses. */
export function withoutBuyer(result: StepResult, entry: Pick<Entry, 'document'>): StepResult {
  if ('verdict' in result) {
    const { verdict } = result;
    return verdict.kind === 'rejected'
      ? { ...result, verdict: { ...verdict, reason: masked(verdict.reason, entry) } }
      : result;
  }
  const { finding } = result;
  if (finding.kind !== 'found' || finding.verdict.kind !== 'rejected') return result;
  const verdict = { ...finding.verdict, reason: masked(finding.verdict.reason, entry) };
  return { ...result, finding: { ...finding, verdict } };
}

function masked(reason: Reason, entry: Pick<Entry, 'document'>): Reason {
  const { providerMessage } = reason;
  if (providerMessage === undefined) return reason;
  const texts = textsOfBuyer(entry);
  // Whole texts are masked before their words, so that what is left of a name is masked by itself.
  const named = [...texts, ...texts.flatMap((text) => text.split(/[^\p{L}\p{N}]+/u))]
    .filter((text) => text.length >= leastCharacters)
    .map((text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  if (named.length === 0) return reason;
  const anyOf = new RegExp(`(?<![\\p{L}\\p{N}])(?:${named.join('|')})(?![\\p{L}\\p{N}])`, 'giu');
  return { ...reason, providerMessage: providerMessage.replace(anyOf, mask) };
}
