import {
  type FindOptions,
  type Provider,
  type Reason,
  type Rejected,
  unknownPlan,
  type Verdict,
} from '@fiscalkit/client';
import type { Entry } from '../entry/entry.js';
import type { ListedEntry } from '../entry/listed-entry.js';
import type { StepResult } from '../state/transition-after.js';
import type { Claim, LedgerStore } from '../store/ledger-store.js';
import { doubtBoundDocument } from './doubt-bound-document.js';
import { stepUnanswered } from './unanswered-step.js';
import { withoutBuyer } from './without-buyer.js';

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
