import { StrayEntries } from '../delivery/stray-entries.js';
import { accountName, isAccountOf, isAccountReason } from '../entry/accounts.js';
import { isDoubtful } from '../entry/doubt.js';
import type { Entry } from '../entry/entry.js';
import type { Model } from './model.fixture.js';
import type { Step } from './step.fixture.js';
import { wait } from './time-steps.fixture.js';
import { die } from './worker-actions.fixture.js';

/** Steps that change a configuration with a restart, or settle entries of unconfigured accounts. */
export function accountSteps(model: Model): Step[] {
  const { accounts = [] } = model.scenario;
  return model.state.configured.flatMap((configured, process) => {
    const steps: Step[] = [];
    if (configured + 1 < accounts.length) {
      steps.push({ kind: 'configure', take: () => configure(model, process) });
    }
    if (hasStrays(model, process))
      steps.push({ kind: 'settle strays', take: () => settleStrays(model, process) });
    return steps;
  });
}

async function configure(model: Model, process: number): Promise<string> {
  const { configured } = model.state;
  const next = (configured[process] ?? 0) + 1;
  const name = `worker ${'AB'[process]}`;
  await die({ model, index: process, name });
  model.change({ configured: configured.map((each, index) => (index === process ? next : each)) });
  const { account } = model.providerOf(process);
  return `the process of ${name} is restarted with the account ${account.merchantId}@${account.address}`;
}

function hasStrays(model: Model, process: number): boolean {
  const provider = model.providerOf(process);
  return model.snapshot.entries.some((entry) => {
    const { account, merchant, dueAt, reason } = entry;
    if (dueAt === null || account === accountName(provider, merchant)) return false;
    if (reason === null || !(isAccountReason(reason.code) || isDoubtful(entry))) return true;
    return entry.state === 'sending' || (isUnsent(entry, model) && isAccountOf(account, provider, merchant));
  });
}

function isUnsent({ state, attempts }: Entry, { state: { declared } }: Model): boolean {
  return state === 'accepted' && attempts === 0 && !declared;
}

async function settleStrays(model: Model, process: number): Promise<string> {
  const provider = model.providerOf(process);
  const strays = new StrayEntries({
    provider: provider.name,
    store: model.store,
    resolve: () => provider,
    settings: { unconfiguredMs: 0 },
    emit: () => {},
  });
  const before = await model.store.entries();
  const waits = await model.store.waiting(provider.name);
  const unknown = waits.filter(({ account, merchant }) => account !== accountName(provider, merchant));
  strays.found(unknown, model.state.elapsed);
  while (strays.isBusy) await strays.settleSome();
  const after = await model.store.entries();
  // Entries that a worker holds are settled later.
  if (after.every((entry, index) => entry === before[index])) await wait(model);
  return `the process of worker ${'AB'[process]} settles entries of accounts that it doesn't know`;
}
