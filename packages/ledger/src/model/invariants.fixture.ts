import { type Entry, isFinal } from '../entry/entry.js';
import type { Model } from './model.fixture.js';
import { planOf } from './plan-of.fixture.js';
import type { Plan } from './scenario.fixture.js';

/** Returns what is wrong in the model, or `null`. */
export type Invariant = (model: Model) => string | null;

/** Invariants of every state. */
const invariants: readonly Invariant[] = [
  ({ state }) => state.broken,
  oneDocument,
  oneOfALike,
  boundOnce,
  boundInItsAccount,
  rejectedHasNoDocument,
  inOrder,
  nothingDisappears,
  registeredHasADocument,
  oneHolder,
  journalIsComplete,
];

/** Returns the first invariant that does not hold, in words; `null` when all do. */
export function brokenInvariant(model: Model): string | null {
  for (const invariant of invariants) {
    const wrong = invariant(model);
    if (wrong !== null) return wrong;
  }
  return null;
}

export function oneDocument({ scenario, state }: Model): string | null {
  const doubled = scenario.plans.find(({ name }) => liveDocuments(state.documents, name).length > 1);
  return doubled ? `the ${doubled.name} has two documents` : null;
}

/** At most one of equal documents of a payment, unless a client meant a second one. */
function oneOfALike({ scenario, state }: Model): string | null {
  const unmeant = scenario.plans.filter(({ twin }) => twin === undefined);
  for (const plan of unmeant) {
    const alike = unmeant.filter((other) => likeOf(other) === likeOf(plan));
    const [first, second] = alike.filter(({ name }) => liveDocuments(state.documents, name).length > 0);
    if (first && second) return `the ${first.name} and the ${second.name} both have a document`;
  }
  return null;
}

function likeOf({ merchant, operation, paymentId, corrected }: Plan): string {
  return [merchant, operation, paymentId, corrected].join();
}

function boundOnce({ state, snapshot }: Model): string | null {
  const owners = new Map<string, Entry>();
  for (const entry of snapshot.entries) {
    const document = boundTo(entry, state);
    const owner = document && owners.get(document.id);
    if (owner) return `the ${planOf(owner)} and the ${planOf(entry)} have the same document`;
    if (document) owners.set(document.id, entry);
  }
  return null;
}

function boundInItsAccount({ state, snapshot }: Model): string | null {
  const stray = snapshot.entries.find((entry) => {
    const document = boundTo(entry, state);
    return document && document.holder !== '' && !entry.account.startsWith(`${document.holder}@`);
  });
  return stray ? `the ${planOf(stray)} has a document of another account` : null;
}

function boundTo({ providerDocumentId }: Entry, { documents }: Model['state']) {
  return providerDocumentId === null ? undefined : documents.find(({ id }) => id === providerDocumentId);
}

/**
 * A document that the provider rejected must not exist; what an operator rejects is the operator's decision.
 */
function rejectedHasNoDocument({ scenario, state, snapshot }: Model): string | null {
  // A provider that absorbs repeats may reject one and keep the first; a confirmation is no document.
  if (scenario.provider.deduplicatesBy === 'payment') return null;
  const rejected = snapshot.entries.find(
    (entry) =>
      entry.state === 'rejected' &&
      entry.reason?.code !== 'intervention.rejected' &&
      state.documents.some(
        (document) => document.reference === entry.request.reference && document.state !== 'rejected',
      ),
  );
  return rejected ? `the ${planOf(rejected)} counts as rejected and has a document` : null;
}

function inOrder({ scenario, state, snapshot }: Model): string | null {
  const isRegistered = (plan: string) =>
    state.documents.some((document) => document.plan === plan && document.state === 'registered');
  for (const { name, operation, paymentId, after } of scenario.plans) {
    if (after === undefined || liveDocuments(state.documents, name).length === 0) continue;
    if (state.released.some((id) => planOf({ id }) === name)) continue;
    const sales = scenario.plans.filter((plan) => plan.operation === 'sell' && plan.paymentId === paymentId);
    const isOver =
      operation === 'sell_refund'
        ? sales.some((plan) => isRegistered(plan.name))
        : isRegistered(after) ||
          snapshot.entries.some((entry) => planOf(entry) === after && isFinal(entry.state));
    if (!isOver) return `the ${name} came before the ${after}`;
  }
  return null;
}

function nothingDisappears({ scenario, state, snapshot }: Model): string | null {
  const lost = scenario.plans.find(({ name }) => {
    const known = state.clients[name]?.entryId ?? null;
    return known !== null && !snapshot.entries.some(({ id }) => id === known);
  });
  return lost ? `the ${lost.name} was accepted and is not there` : null;
}

function registeredHasADocument({ state, snapshot }: Model): string | null {
  const bare = snapshot.entries.find(
    (entry) =>
      entry.state === 'registered' &&
      !liveDocuments(state.documents, planOf(entry)).some(
        (document) => document.state === 'registered' && document.id === entry.providerDocumentId,
      ),
  );
  return bare ? `the ${planOf(bare)} counts as registered and has no document` : null;
}

function oneHolder({ state, storeTime }: Model): string | null {
  // A new timeline knows no leases of the one before.
  if (state.timeline > 1) return null;
  const held = state.workers.flatMap((worker) => {
    if (worker.phase === 'idle') return [];
    const { entry } = worker.claim;
    return entry.dueAt !== null && entry.dueAt > storeTime ? [entry] : [];
  });
  const [first, second] = held;
  return first && first.id === second?.id ? `two workers hold the ${planOf(first)}` : null;
}

function journalIsComplete({ snapshot }: Model): string | null {
  const unrecorded = snapshot.entries.find((entry, index) => {
    const transitions = snapshot.transitions[index] ?? [];
    const follows = transitions.every(([from], row) => from === (transitions[row - 1]?.[1] ?? null));
    return !follows || transitions.at(-1)?.[1] !== entry.state;
  });
  return unrecorded
    ? `the journal doesn't tell how the ${planOf(unrecorded)} became ${unrecorded.state}`
    : null;
}

function liveDocuments(documents: Model['state']['documents'], plan: string) {
  return documents.filter((document) => document.plan === plan && document.state !== 'rejected');
}
