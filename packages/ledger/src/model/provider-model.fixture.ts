import type { Finding, Provider, Reason, Verdict } from '@fiscalkit/client';
import type { Entry } from '../entry/entry.js';
import type { ModelState, RegisteredDocument, WireRequest } from './model-state.fixture.js';
import { planOf } from './plan-of.fixture.js';
import type { Scenario } from './scenario.fixture.js';

/** Outcomes of a request that a provider processes. */
export type RequestOutcome = 'registered' | 'pending' | 'rejected';

const turnedAway: Reason = { code: 'provider.rate-limited', message: 'Not now.' };
const refused: Reason = { code: 'provider.rejected', message: 'Never.' };
const unclearlyWritten: Reason = { code: 'provider.doubtful', message: 'It could be this one.' };

/** Returns the request that a worker puts on the wire. */
export function sentBy(
  entry: Entry,
  { account }: Provider,
  sending: Pick<WireRequest, 'number' | 'begunAt'>,
): WireRequest {
  const { reference, body } = entry.request;
  const holder = account.merchantId ?? '';
  return { ...sending, plan: planOf(entry), reference, content: contentOf(body), holder, answer: null };
}

/**
 * Returns the document of an earlier request that the provider takes this one for. It remembers requests for
 * its window, however long it takes for each.
 */
export function absorbedBy(
  request: WireRequest,
  { documents, elapsed }: Pick<ModelState, 'documents' | 'elapsed'>,
  { deduplicatesBy, deduplicationWindowMs = Number.POSITIVE_INFINITY }: Scenario['provider'],
): RegisteredDocument | undefined {
  const live = documents.filter(
    ({ state, holder, begunAt }) =>
      state !== 'rejected' && holder === request.holder && elapsed - begunAt < deduplicationWindowMs,
  );
  if (deduplicatesBy === 'key') return live.find(({ reference }) => reference === request.reference);
  return deduplicatesBy === 'payment' ? live.find(({ content }) => content === request.content) : undefined;
}

/** Way in which a request is processed. */
export interface Processing extends Partial<Pick<RegisteredDocument, 'listed' | 'unclear'>> {
  readonly outcome: RequestOutcome;
}

/** Returns the wire and the documents after the provider has processed a request. */
export function processed(
  request: WireRequest,
  state: ModelState,
  { outcome, listed = true, unclear = false }: Processing,
  provider: Scenario['provider'],
): Pick<ModelState, 'wire' | 'documents'> {
  const known = absorbedBy(request, state, provider);
  const answer = (verdict: Verdict) =>
    state.wire.map((each) => (each.number === request.number ? { ...each, answer: verdict } : each));
  if (known) return { documents: state.documents, wire: answer(verdictOf(known)) };
  if (outcome === 'rejected' && !provider.asynchronous) {
    return { documents: state.documents, wire: answer({ kind: 'rejected', reason: refused }) };
  }
  const document = { ...documentOf(request, state, outcome), listed, unclear };
  return { documents: [...state.documents, document], wire: answer(verdictOf(document)) };
}

function documentOf(
  { plan, reference, content, holder, begunAt }: WireRequest,
  state: ModelState,
  outcome: RequestOutcome,
) {
  const number = state.documents.filter((each) => each.plan === plan).length + 1;
  return { id: `${plan}/${number}`, plan, reference, content, holder, begunAt, state: outcome };
}

/** Returns the provider as one worker calls it, to answer a query or the request of that number. */
export function providerFor(base: Provider, state: ModelState, requestNumber: number | null): Provider {
  const { findsBy } = base.capabilities;
  return {
    ...base,
    async submit(): Promise<Verdict> {
      const request = state.wire.find(({ number }) => number === requestNumber);
      return request?.answer ?? { kind: 'retry', reason: turnedAway };
    },
    async poll(_request, documentId): Promise<Verdict> {
      const document = state.documents.find(({ id }) => id === documentId);
      return document ? verdictOf(document) : { kind: 'unknown', reason: refused };
    },
    async find({ reference, body }, { boundDocumentIds }): Promise<Finding> {
      const content = contentOf(body);
      const candidates = state.documents.filter(
        (document) =>
          document.listed &&
          document.holder === (base.account.merchantId ?? '') &&
          !boundDocumentIds.has(document.id) &&
          (findsBy === 'reference' ? document.reference === reference : document.content === content),
      );
      const live = candidates.filter((document) => document.state !== 'rejected');
      const found = live.find(({ unclear }) => !unclear) ?? (live.length === 0 ? candidates[0] : undefined);
      if (found) return { kind: 'found', verdict: verdictOf(found) };
      return live.length === 0 ? { kind: 'absent' } : { kind: 'doubtful', reason: unclearlyWritten };
    },
  };
}

function verdictOf({ id, state }: RegisteredDocument): Extract<Finding, { kind: 'found' }>['verdict'] {
  switch (state) {
    case 'registered':
      return {
        kind: 'registered',
        registration: { providerDocumentId: id, mark: null, link: null, details: {} },
      };
    case 'pending':
      return { kind: 'pending', providerDocumentId: id };
    case 'rejected':
      return { kind: 'rejected', reason: refused, providerDocumentId: id };
  }
}

function contentOf(body: Uint8Array): string {
  return new TextDecoder().decode(body);
}
