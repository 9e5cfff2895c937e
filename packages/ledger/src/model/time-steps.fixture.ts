import type { Model } from './model.fixture.js';
import { isOnItsWay } from './provider-steps.fixture.js';
import type { Step } from './step.fixture.js';

const farMs = 1_000;

/** Steps of time: it passes, clocks jump, outages end. */
export function timeSteps(model: Model): Step[] {
  const steps: Step[] = [{ kind: 'wait', take: () => wait(model) }];
  if (model.state.jumpsLeft > 0) steps.push({ kind: 'jump', take: () => jump(model) });
  if (waitsForAnOutage(model)) steps.push({ kind: 'make due now', take: () => makeDueNow(model) });
  return steps;
}

/** Lets a millisecond pass. */
export async function wait(model: Model): Promise<string> {
  model.change({ elapsed: model.state.elapsed + 1 });
  const awaited = model.state.workers.map((worker) => (worker.phase === 'waiting' ? worker.request : null));
  const wire = model.state.wire.filter(
    (request) => isOnItsWay(request, model) || (request.answer && awaited.includes(request.number)),
  );
  model.change({ wire });
  return 'a millisecond passes';
}

async function jump(model: Model): Promise<string> {
  const { jumpedMs, jumpsLeft } = model.state;
  model.change({ jumpedMs: jumpedMs + farMs, jumpsLeft: jumpsLeft - 1 });
  return "the store's clock jumps ahead by a second";
}

function waitsForAnOutage({ snapshot, storeTime }: Model): boolean {
  return snapshot.entries.some(({ reason, dueAt }) => reason?.outage && dueAt !== null && dueAt > storeTime);
}

async function makeDueNow(model: Model): Promise<string> {
  await model.store.makeDueNow(model.providerOf(0).name);
  return 'an outage ends, and what waited for that is due';
}
