import { type Entry, isFinal } from '../entry/entry.js';
import { planOf } from './plan-of.fixture.js';
import type { Plan } from './scenario.fixture.js';
import type { World } from './world.fixture.js';

/** Answers what is wrong in a world, or nothing. */
export type Promised = (world: World) => string | null;

/** What must hold at every moment. */
const promises: readonly Promised[] = [
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
  journalTellsAll,
];

/** The first promise that does not hold, in words; `null` when all do. */
export function brokenPromise(world: World): string | null {
  for (const promise of promises) {
    const wrong = promise(world);
    if (wrong !== null) return wrong;
  }
  return null;
}

export function oneDocument({ scenario, state }: World): string | null {
  const doubled = scenario.plans.find(({ name }) => liveDocuments(state.documents, name).length > 1);
  return doubled ? `the ${doubled.name} has two documents` : null;
}

/** Equal documents of a payment, where nobody said that a second one is meant. */
function oneOfALike({ scenario, state }: World): string | null {
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

function boundOnce({ state, glance }: World): string | null {
  const owners = new Map<string, Entry>();
  for (const entry of glance.entries) {
    const document = boundTo(entry, state);
    const owner = document && owners.get(document.id);
    if (owner) return `the ${planOf(owner)} and the ${planOf(entry)} have the same document`;
    if (document) owners.set(document.id, entry);
  }
  return null;
}

function boundInItsAccount({ state, glance }: World): string | null {
  const stray = glance.entries.find((entry) => {
    const document = boundTo(entry, state);
    return document && document.holder !== '' && !entry.account.startsWith(`${document.holder}@`);
  });
  return stray ? `the ${planOf(stray)} has a document of another account` : null;
}

function boundTo({ providerDocumentId }: Entry, { documents }: World['state']) {
  return providerDocumentId === null ? undefined : documents.find(({ id }) => id === providerDocumentId);
}

/** What the provider says is no document must be none; what a person says is the person's. */
function rejectedHasNoDocument({ scenario, state, glance }: World): string | null {
  // Where repeats are absorbed, the answer to one may be no word of the first; a confirmation is no document.
  if (scenario.provider.findsBy === 'nothing') return null;
  const rejected = glance.entries.find(
    (entry) =>
      entry.state === 'rejected' &&
      entry.reason?.code !== 'intervention.rejected' &&
      state.documents.some(
        (document) => document.reference === entry.request.reference && document.state !== 'rejected',
      ),
  );
  return rejected ? `the ${planOf(rejected)} counts as rejected and has a document` : null;
}

function inOrder({ scenario, state, glance }: World): string | null {
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
          glance.entries.some((entry) => planOf(entry) === after && isFinal(entry.state));
    if (!isOver) return `the ${name} came before the ${after}`;
  }
  return null;
}

function nothingDisappears({ scenario, state, glance }: World): string | null {
  const lost = scenario.plans.find(({ name }) => {
    const told = state.clients[name]?.told ?? null;
    return told !== null && !glance.entries.some(({ id }) => id === told);
  });
  return lost ? `the ${lost.name} was accepted and is not there` : null;
}

function registeredHasADocument({ state, glance }: World): string | null {
  const bare = glance.entries.find(
    (entry) =>
      entry.state === 'registered' &&
      !liveDocuments(state.documents, planOf(entry)).some(
        (document) => document.state === 'registered' && document.id === entry.providerDocumentId,
      ),
  );
  return bare ? `the ${planOf(bare)} counts as registered and has no document` : null;
}

function oneHolder({ state, storeTime }: World): string | null {
  // What was held on a timeline that is gone is not known on the next.
  if (state.timeline > 1) return null;
  const held = state.workers.flatMap((worker) => {
    if (worker.phase === 'idle') return [];
    const { entry } = worker.claim;
    return entry.dueAt !== null && entry.dueAt > storeTime ? [entry] : [];
  });
  const [first, second] = held;
  return first && first.id === second?.id ? `two workers hold the ${planOf(first)}` : null;
}

function journalTellsAll({ glance }: World): string | null {
  const untold = glance.entries.find((entry, index) => {
    const told = glance.told[index] ?? [];
    const follows = told.every(([from], row) => from === (told[row - 1]?.[1] ?? null));
    return !follows || told.at(-1)?.[1] !== entry.state;
  });
  return untold ? `the journal doesn't tell how the ${planOf(untold)} became ${untold.state}` : null;
}

function liveDocuments(documents: World['state']['documents'], plan: string) {
  return documents.filter((document) => document.plan === plan && document.state !== 'rejected');
}
