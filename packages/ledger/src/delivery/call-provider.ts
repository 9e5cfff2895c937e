import {
  type FindOptions,
  type Provider,
  type Reason,
  type Rejected,
  unknownPlan,
  type Verdict,
} from '@fiscalkit/client';
import type { StepResult } from '../entry/after-step.js';
import { doubtfulReason } from '../entry/doubt.js';
import type { Entry, ListedEntry } from '../entry/entry.js';
import type { Step } from '../entry/transition.js';
import type { Claim, LedgerStore } from '../store/ledger-store.js';

/** What a search asks of the ledger; without lists, no other payment is thought of. */
type SearchedStore = Pick<LedgerStore, 'boundDocumentIds'> & Partial<Pick<LedgerStore, 'list'>>;

/** A claimed entry and all that its step needs. */
export interface ProviderCall {
  readonly claim: Claim;
  readonly provider: Provider;
  readonly store: SearchedStore;
  /** Ends the call; what it came to is then unknown, also when the provider doesn't listen. */
  readonly signal: AbortSignal;
}

/** Takes the step that the entry is due for: one call to the provider. Never rejects. */
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

async function takeStep({ claim, provider, store, signal }: ProviderCall): Promise<StepResult> {
  const { entry, step } = claim;
  switch (step) {
    case 'submit': {
      const verdict = await provider.submit(entry.request, { signal });
      // Where requests are not told apart by their documents, the entries of one order may share an id.
      const isTold = unknownPlan(provider.capabilities) === 'find';
      return { step, verdict: isTold ? await doubtBoundDocument(verdict, entry, store) : verdict };
    }
    case 'poll': {
      // A pending entry has one: the verdict that made it pending brought it.
      const documentId = entry.providerDocumentId ?? entry.request.reference;
      const verdict = await provider.poll(entry.request, documentId, { signal });
      if (verdict.kind !== 'rejected' || !isFoundByContent(provider)) return { step, verdict };
      return { step, verdict: await liveBeside(verdict, documentId, { claim, provider, store, signal }) };
    }
    case 'find': {
      if (unknownPlan(provider.capabilities) === 'resend') return { step, finding: { kind: 'resend' } };
      const options = { ...(await searchOf(entry, store)), signal };
      return { step, finding: await provider.find(entry.request, options) };
    }
  }
}

function isFoundByContent({ capabilities }: Provider): boolean {
  return unknownPlan(capabilities) === 'find' && capabilities.findsBy === 'content';
}

/**
 * The verdict of a rejection: a receipt that is refused may have a live one beside it, which a provider made of the same request and
 * refuses the first for. Until a search could tell, it is not final.
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

/** Reads what the merchant has under other payment ids. */
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

/** The reason to abort a call with when it takes longer than any call may. */
export const callTookTooLong = {
  code: 'provider.timeout',
  message: 'The call took longer than any call may.',
  outage: true,
} as const;

/**
 * The verdict, unless it names a document that belongs to another entry of the same order: that says nothing of this one, whose
 * own document may be there all the same. So it is a doubt, and the entry takes no id from it.
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

/** The result of a step in which the provider was not called at all. */
export function stepNotTaken(step: Step, reason: Reason): StepResult {
  return step === 'find'
    ? { step, finding: { kind: 'unknown', reason } }
    : { step, verdict: { kind: 'retry', reason } };
}

/** The result of a step that began, and of which no answer is known. */
export function stepUnanswered(step: Step, reason: Reason): StepResult {
  return step === 'find'
    ? { step, finding: { kind: 'unknown', reason } }
    : { step, verdict: { kind: 'unknown', reason } };
}

/** The reason of a step that came too long after its claim to be sure that its lease outlasts it. */
export const callTooLate = {
  code: 'ledger.late',
  message: 'The process was too busy to send the document in time.',
} as const;

const mask = '***';

/** Shorter texts mean nobody, and would be found in other words. */
const leastCharacters = 3;

/** What a document says of its buyer, and what the shop has written beside it. */
function textsOfBuyer({ document }: Pick<Entry, 'document'>): string[] {
  const values = [...Object.values(Object(document.customer)), Object(document.additional_user_props).value];
  return values.filter((value) => typeof value === 'string');
}

/** A result whose words of a provider do not name the buyer of the document: a provider may quote what it refuses. */
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
  // Whole texts before their words: what is left of a name is masked by itself.
  const named = [...texts, ...texts.flatMap((text) => text.split(/[^\p{L}\p{N}]+/u))]
    .filter((text) => text.length >= leastCharacters)
    .map((text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  if (named.length === 0) return reason;
  const anyOf = new RegExp(`(?<![\\p{L}\\p{N}])(?:${named.join('|')})(?![\\p{L}\\p{N}])`, 'giu');
  return { ...reason, providerMessage: providerMessage.replace(anyOf, mask) };
}
