import { isOnItsWay } from './provider-steps.fixture.js';
import type { Step } from './step.fixture.js';
import type { World } from './world.fixture.js';

const farMs = 1_000;

/** Time passes, clocks jump, outages end. */
export function timeSteps(world: World): Step[] {
  const steps: Step[] = [{ kind: 'wait', take: () => wait(world) }];
  if (world.state.jumpsLeft > 0) steps.push({ kind: 'jump', take: () => jump(world) });
  if (waitsForAnOutage(world)) steps.push({ kind: 'makeDueNow', take: () => makeDueNow(world) });
  return steps;
}

/** Time passes. */
export async function wait(world: World): Promise<string> {
  world.change({ elapsed: world.state.elapsed + 1 });
  const awaited = world.state.workers.map((worker) => (worker.phase === 'waiting' ? worker.request : null));
  const wire = world.state.wire.filter(
    (request) => isOnItsWay(request, world) || (request.answer && awaited.includes(request.number)),
  );
  world.change({ wire });
  return 'a millisecond passes';
}

async function jump(world: World): Promise<string> {
  const { jumpedMs, jumpsLeft } = world.state;
  world.change({ jumpedMs: jumpedMs + farMs, jumpsLeft: jumpsLeft - 1 });
  return "the store's clock jumps ahead by a second";
}

function waitsForAnOutage({ glance, storeTime }: World): boolean {
  return glance.entries.some(({ reason, dueAt }) => reason?.outage && dueAt !== null && dueAt > storeTime);
}

async function makeDueNow(world: World): Promise<string> {
  await world.store.makeDueNow(world.providerOf(0).name);
  return 'an outage ends, and what waited for that is due';
}
