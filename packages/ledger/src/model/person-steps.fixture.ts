import { isFiscalError } from '@fiscalkit/schemas';
import { accountName, isAccountOf, isAccountReason } from '../entry/accounts.js';
import { isDoubtful } from '../entry/doubt.js';
import { type Entry, isFinal } from '../entry/entry.js';
import { isHeld } from '../entry/sale-dependency.js';
import { interventionsIn } from './interventions-in.fixture.js';
import { planOf } from './plan-of.fixture.js';
import type { PersonsAct } from './scenario.fixture.js';
import type { Step } from './step.fixture.js';
import type { World } from './world.fixture.js';

const words: Readonly<Record<PersonsAct, string>> = {
  resubmit: 'hands in again',
  retry: 'retries',
  drop: 'drops',
  'find out': 'finds out about',
  park: 'parks',
  'settle account': 'settles the account of',
};

/** People act on entries that delivery can't settle by itself, through the service that is there for them, and tell the truth. */
export function personSteps(world: World): Step[] {
  const { people } = world.scenario;
  if (!people || world.state.actsLeft === 0) return [];
  const acts = world.glance.entries.flatMap((entry) =>
    people.acts
      .filter((act) => isFor(act, entry, world))
      .map((act): Step => ({ kind: 'act', take: () => done(act, entry, world) })),
  );
  return people.declare ? [...acts, { kind: 'act', take: () => declareRestored(world) }] : acts;
}

const restoreMarginMs = 1_000;

async function declareRestored(world: World): Promise<string> {
  const { store, storeTime, state } = world;
  const at = (milliseconds: number) => new Date(storeTime.getTime() + milliseconds);
  await store.declareRestored({ since: at(-restoreMarginMs), until: at(restoreMarginMs) });
  world.change({ actsLeft: state.actsLeft - 1, declared: true });
  return 'a person declares the ledger restored';
}

function isFor(act: PersonsAct, entry: Entry, world: World): boolean {
  const { state, dueAt } = entry;
  const isOpen = state === 'accepted' || state === 'pending' || state === 'unknown';
  switch (act) {
    case 'resubmit':
      return state === 'rejected';
    case 'retry':
      return state === 'parked' || (state === 'accepted' && dueAt === null);
    case 'drop':
      return isHeld(entry);
    case 'park':
      return isOpen;
    case 'find out':
      return isOpen && waitsForAPerson(entry) && truthOf(entry, world) !== null;
    case 'settle account':
      return !isFinal(state) && entry.account !== accountName(world.providerOf(0), entry.merchant);
  }
}

function waitsForAPerson(entry: Entry): boolean {
  return isDoubtful(entry) || (entry.reason !== null && isAccountReason(entry.reason.code));
}

async function done(act: PersonsAct, entry: Entry, world: World): Promise<string> {
  const { actsLeft, released } = world.state;
  const story = `a person ${words[act]} the ${planOf(entry)}`;
  try {
    await take(act, entry, world);
  } catch (error) {
    if (!isFiscalError(error)) throw error;
    world.change({ actsLeft: actsLeft - 1 });
    return `${story}, and is told: ${error.code}`;
  }
  const isWaived = act === 'retry' && isHeld(entry);
  world.change({ actsLeft: actsLeft - 1, released: isWaived ? [...released, entry.id] : released });
  return story;
}

async function take(act: PersonsAct, entry: Entry, world: World): Promise<void> {
  const nextId = `${planOf(entry)}#again-${world.glance.entries.length}`;
  const service = interventionsIn(world, () => nextId);
  const who = { id: entry.id, by: 'vera', reason: 'Because.' };
  switch (act) {
    case 'resubmit':
    case 'retry':
    case 'park':
      await service[act](who);
      return;
    case 'drop':
      await service.resolve({ ...who, outcome: { kind: 'rejected' } });
      return;
    case 'find out':
      await service.resolve({ ...who, outcome: truthOf(entry, world) ?? { kind: 'rejected' } });
      return;
    case 'settle account': {
      const { account } = entry;
      const isMoved = isAccountOf(account, world.providerOf(0), entry.merchant);
      await service.settleAccount({ ...who, account, action: isMoved ? 'moved' : 'reject' });
      return;
    }
  }
}

/** What a person sees at the provider; `null` while nobody can tell. */
function truthOf({ request: { reference } }: Entry, { state }: World) {
  const isIts = (each: { readonly reference: string }) => each.reference === reference;
  const live = state.documents.filter((each) => isIts(each) && each.state !== 'rejected');
  const [document] = live;
  if (document) {
    return document.state === 'registered' && document.listed
      ? ({ kind: 'registered', providerDocumentId: document.id } as const)
      : null;
  }
  const isUnderWay = state.wire.some((each) => isIts(each) && each.answer === null);
  return isUnderWay ? null : ({ kind: 'rejected' } as const);
}
