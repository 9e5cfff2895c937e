import { isFiscalError } from '@fiscalkit/schemas';
import { accountName, isAccountOf, isAccountReason } from '../entry/accounts.js';
import { isDoubtful } from '../entry/doubt.js';
import { type Entry, isFinal } from '../entry/entry.js';
import { isHeld } from '../entry/sale-dependency.js';
import { interventionsIn } from './interventions-in.fixture.js';
import type { Model } from './model.fixture.js';
import { planOf } from './plan-of.fixture.js';
import type { OperatorActionKind } from './scenario.fixture.js';
import type { Step } from './step.fixture.js';

const verbs: Readonly<Record<OperatorActionKind, string>> = {
  resubmit: 'resubmits',
  retry: 'retries',
  drop: 'drops',
  'find out': 'finds out about',
  park: 'parks',
  'settle account': 'settles the account of',
};

/**
 * Steps of operators: they intervene where delivery can't settle an entry by itself, and report truthfully.
 */
export function operatorSteps(model: Model): Step[] {
  const { operators } = model.scenario;
  if (!operators || model.state.actionsLeft === 0) return [];
  const actions = model.snapshot.entries.flatMap((entry) =>
    operators.actions
      .filter((action) => isFor(action, entry, model))
      .map((action): Step => ({ kind: 'operator action', take: () => done(action, entry, model) })),
  );
  return operators.declare
    ? [...actions, { kind: 'operator action', take: () => declareRestored(model) }]
    : actions;
}

const restoreMarginMs = 1_000;

async function declareRestored(model: Model): Promise<string> {
  const { store, storeTime, state } = model;
  const at = (milliseconds: number) => new Date(storeTime.getTime() + milliseconds);
  await store.declareRestored({ since: at(-restoreMarginMs), until: at(restoreMarginMs) });
  model.change({ actionsLeft: state.actionsLeft - 1, declared: true });
  return 'an operator declares the ledger restored';
}

function isFor(action: OperatorActionKind, entry: Entry, model: Model): boolean {
  const { state, dueAt } = entry;
  const isOpen = state === 'accepted' || state === 'pending' || state === 'unknown';
  switch (action) {
    case 'resubmit':
      return state === 'rejected';
    case 'retry':
      return state === 'parked' || (state === 'accepted' && dueAt === null);
    case 'drop':
      return isHeld(entry);
    case 'park':
      return isOpen;
    case 'find out':
      return isOpen && waitsForOperator(entry) && truthOf(entry, model) !== null;
    case 'settle account':
      return !isFinal(state) && entry.account !== accountName(model.providerOf(0), entry.merchant);
  }
}

function waitsForOperator(entry: Entry): boolean {
  return isDoubtful(entry) || (entry.reason !== null && isAccountReason(entry.reason.code));
}

async function done(action: OperatorActionKind, entry: Entry, model: Model): Promise<string> {
  const { actionsLeft, released } = model.state;
  const words = `an operator ${verbs[action]} the ${planOf(entry)}`;
  try {
    await take(action, entry, model);
  } catch (error) {
    if (!isFiscalError(error)) throw error;
    model.change({ actionsLeft: actionsLeft - 1 });
    return `${words}, and is refused: ${error.code}`;
  }
  const isWaived = action === 'retry' && isHeld(entry);
  model.change({ actionsLeft: actionsLeft - 1, released: isWaived ? [...released, entry.id] : released });
  return words;
}

async function take(action: OperatorActionKind, entry: Entry, model: Model): Promise<void> {
  const nextId = `${planOf(entry)}#again-${model.snapshot.entries.length}`;
  const service = interventionsIn(model, () => nextId);
  const who = { id: entry.id, by: 'vera', reason: 'Because.' };
  switch (action) {
    case 'resubmit':
    case 'retry':
    case 'park':
      await service[action](who);
      return;
    case 'drop':
      await service.resolve({ ...who, outcome: { kind: 'rejected' } });
      return;
    case 'find out':
      await service.resolve({ ...who, outcome: truthOf(entry, model) ?? { kind: 'rejected' } });
      return;
    case 'settle account': {
      const { account } = entry;
      const isMoved = isAccountOf(account, model.providerOf(0), entry.merchant);
      await service.settleAccount({ ...who, account, action: isMoved ? 'moved' : 'reject' });
      return;
    }
  }
}

/** Returns what an operator finds at the provider; `null` while nobody can tell. */
function truthOf({ request: { reference } }: Entry, { state }: Model) {
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
