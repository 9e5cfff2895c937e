import { accountName } from '../entry/accounts.js';
import type { BacklogName } from '../store/ledger-store.js';
import type { Model } from './model.fixture.js';
import type { Waiting, WorkerState } from './model-state.fixture.js';
import { isOnItsWay } from './provider-steps.fixture.js';
import type { Step } from './step.fixture.js';
import {
  beginCall,
  claim,
  die,
  hearAnswer,
  hearNothing,
  type Worker,
  writeResult,
} from './worker-actions.fixture.js';

/** Steps of the workers. Any may also die, or do nothing while time passes. */
export function workerSteps(model: Model): Step[] {
  const { state: now, scenario } = model;
  const working =
    scenario.standby === 'one worker' && now.timeline === 1 ? now.workers.slice(0, 1) : now.workers;
  return working.flatMap((state, index) => {
    const worker: Worker = { model, index, name: `worker ${'AB'[index]}` };
    return [...nextOf(worker, state), ...deathOf(worker, state)];
  });
}

function nextOf(worker: Worker, state: WorkerState): Step[] {
  switch (state.phase) {
    case 'idle':
      return claiming(worker);
    case 'holding':
      return [{ kind: 'begin call', take: () => beginCall(worker, state) }];
    case 'waiting':
      return hearing(worker, state);
    case 'answered':
      return [{ kind: 'write result', take: () => writeResult(worker, state) }];
  }
}

/** Steps of an idle worker: a process begins the calls for what it holds before it claims again. */
function claiming(worker: Worker): Step[] {
  const { state, scenario } = worker.model;
  const isBusy = scenario.processes === 'one' && state.workers.some(({ phase }) => phase === 'holding');
  if (isBusy) return [];
  return dueBacklogs(worker).flatMap((backlog) => [
    { kind: 'claim', take: () => claim(worker, backlog, 'heard') },
    { kind: 'claim unheard', take: () => claim(worker, backlog, 'unheard') },
  ]);
}

/** Claims as a queue does: of the accounts that its configuration names, and of no others. */
function dueBacklogs({ model, index }: Worker): BacklogName[] {
  const provider = model.providerOf(index);
  const due = model.snapshot.entries.filter(
    ({ dueAt, account, merchant }) =>
      dueAt !== null && dueAt <= model.storeTime && account === accountName(provider, merchant),
  );
  const merchants = new Set(due.map(({ merchant }) => merchant));
  return Array.from(merchants, (merchant) => ({ account: accountName(provider, merchant), merchant }));
}

function hearing(worker: Worker, waiting: Waiting): Step[] {
  const { model } = worker;
  const request = model.state.wire.find(({ number }) => number === waiting.request);
  const hear = () => hearAnswer(worker, waiting);
  const lose = () => hearNothing(worker, waiting);
  if (waiting.request === null || request?.answer) {
    return [
      { kind: 'hear answer', take: hear },
      { kind: 'lose answer', take: lose },
    ];
  }
  if (!request || !isOnItsWay(request, model)) return [{ kind: 'give up waiting', take: lose }];
  return [
    { kind: 'turn away', take: hear },
    { kind: 'lose answer', take: lose },
  ];
}

function deathOf(worker: Worker, { phase }: WorkerState): Step[] {
  const { model, index } = worker;
  const remembers = (model.state.processes[index]?.calls ?? []).length > 0;
  const isWorthTrying = model.scenario.processes === 'one' ? index === 0 : phase !== 'idle' || remembers;
  return isWorthTrying ? [{ kind: 'die', take: () => die(worker) }] : [];
}
