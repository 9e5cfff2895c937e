import { StrayEntries } from '../delivery/stray-entries.js';
import { accountName, isAccountOf, isAccountReason } from '../entry/accounts.js';
import { isDoubtful } from '../entry/doubt.js';
import type { Entry } from '../entry/entry.js';
import type { Step } from './step.fixture.js';
import { wait } from './time-steps.fixture.js';
import { die } from './worker-acts.fixture.js';
import type { World } from './world.fixture.js';

/** Configurations change with a restart, and processes see to entries of accounts that theirs doesn't name. */
export function accountSteps(world: World): Step[] {
  const { accounts = [] } = world.scenario;
  return world.state.configured.flatMap((configured, process) => {
    const steps: Step[] = [];
    if (configured + 1 < accounts.length) {
      steps.push({ kind: 'configure', take: () => configure(world, process) });
    }
    if (hasStrays(world, process))
      steps.push({ kind: 'see to strays', take: () => seeToStrays(world, process) });
    return steps;
  });
}

async function configure(world: World, process: number): Promise<string> {
  const { configured } = world.state;
  const next = (configured[process] ?? 0) + 1;
  const name = `worker ${'AB'[process]}`;
  await die({ world, index: process, name });
  world.change({ configured: configured.map((each, index) => (index === process ? next : each)) });
  const { account } = world.providerOf(process);
  return `the process of ${name} is restarted with the account ${account.merchantId}@${account.address}`;
}

function hasStrays(world: World, process: number): boolean {
  const provider = world.providerOf(process);
  return world.glance.entries.some((entry) => {
    const { account, merchant, dueAt, reason } = entry;
    if (dueAt === null || account === accountName(provider, merchant)) return false;
    if (reason === null || !(isAccountReason(reason.code) || isDoubtful(entry))) return true;
    return entry.state === 'sending' || (isUnsent(entry, world) && isAccountOf(account, provider, merchant));
  });
}

function isUnsent({ state, attempts }: Entry, { state: { declared } }: World): boolean {
  return state === 'accepted' && attempts === 0 && !declared;
}

async function seeToStrays(world: World, process: number): Promise<string> {
  const provider = world.providerOf(process);
  const strays = new StrayEntries({
    provider: provider.name,
    store: world.store,
    resolve: () => provider,
    settings: { unconfiguredMs: 0 },
    emit: () => {},
  });
  const before = await world.store.entries();
  const waits = await world.store.waiting(provider.name);
  const unknown = waits.filter(({ account, merchant }) => account !== accountName(provider, merchant));
  strays.found(unknown, world.state.elapsed);
  while (strays.isBusy) await strays.settleSome();
  const after = await world.store.entries();
  // What a worker holds is seen to later.
  if (after.every((entry, index) => entry === before[index])) await wait(world);
  return `the process of worker ${'AB'[process]} sees to entries of accounts that it doesn't know`;
}
