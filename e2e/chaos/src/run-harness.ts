import { checkSystem } from './checker/checker.js';
import { Client } from './clients/client.js';
import { GatewayCaller } from './clients/gateway-caller.js';
import { pollOutcomes, Workers } from './clients/workers.js';
import { Chance } from './generator/chance.js';
import { type Plan, planRun } from './generator/plan.js';
import { commandOf, type HarnessSettings } from './harness-settings.js';
import { History } from './history/history.js';
import { Nemesis } from './nemesis/nemesis.js';
import { Administration } from './operator/administration.js';
import { Operator } from './operator/operator.js';
import type { EmulatedProvider } from './providers/emulated-provider.js';
import { createProvider } from './providers/providers.js';
import type { Progress } from './report/progress.js';
import { countPlan, countWriting, machine } from './report/run-facts.js';
import type { RunResult } from './run-result.js';
import { until } from './system/program-slot.js';
import { openSystem, type SystemUnderTest } from './system/system.js';

/**
 * Makes one run: clients perform operations while the nemesis injects faults, everything settles, and the
 * checker compares history, ledger and provider.
 */
export async function runHarness(settings: HarnessSettings): Promise<RunResult> {
  const { ledger, seed, gateways, without } = settings;
  const startedAt = new Date();
  const provider = createProvider(settings);
  const plan = planRun(settings, provider);
  const system = await openSystem({ ...settings, provider, mayMount: true });
  try {
    const outcome = await runIn({ system, plan, provider }, settings);
    const durationMs = Date.now() - startedAt.getTime();
    const machineAndCommand = { command: commandOf(settings), machine: machine(), times: provider.times };
    const identity = { provider: settings.provider, ledger, seed, gateways, without };
    return {
      ...machineAndCommand,
      ...identity,
      startedAt,
      durationMs,
      place: system.ledger.description,
      ...outcome,
    };
  } finally {
    await system.close();
  }
}

async function runIn(
  { system, plan, provider }: Pick<RunContext, 'system' | 'plan'> & { readonly provider: EmulatedProvider },
  settings: HarnessSettings,
) {
  const history = new History();
  const caller = new GatewayCaller();
  const over = new AbortController();
  const gatewayUrls = system.gateways.filter(({ role }) => role !== 'worker').map(({ url }) => url);
  const chance = new Chance(settings.seed, 'operator');
  const anyGateway = () => gatewayUrls[chance.between(0, gatewayUrls.length - 1)] ?? '';
  const administration = new Administration(caller, anyGateway);
  const operator = new Operator({
    administration,
    provider: system.provider.faults,
    receiptsOf: provider.receiptsOf,
    rejections: plan.rejections,
    history,
    over: over.signal,
  });
  const client = new Client({
    caller,
    history,
    operator,
    gatewayUrls,
    chance: new Chance(settings.seed, 'clients'),
    over: over.signal,
  });
  const context = { plan, system, client, operator, administration, history, over };
  const nemesis = await runOperations(context, settings).finally(() => caller.close());
  const providerFaults = await system.provider.faults.count();
  const planned = plan.documents.filter((document) => !history.isLeftOut(document));
  const { observations, review, violations } = await checkSystem(system, provider, { planned, history });
  const counts = {
    ...countPlan(plan, planned),
    told: observations.reported.length,
    stored: observations.stored.length,
    'handed in again': history.superseded.size,
    'at the provider': observations.provider.receipts.length + observations.provider.confirmations.length,
    'events that endpoints took': new Set(system.receiver.taken.map(({ id }) => id)).size,
    kills: nemesis.kills,
  };
  const writing = countWriting(observations.provider.receipts);
  const receiptsAtProvider = observations.provider.receipts.length;
  return {
    counts,
    review,
    receiptsAtProvider,
    writing,
    injectedFaults: nemesis.counts,
    providerFaults,
    receiverFaults: system.receiver.counts,
    violations,
  };
}

/** Parties of a run. */
interface RunContext {
  readonly plan: Plan;
  readonly system: SystemUnderTest;
  readonly client: Client;
  readonly operator: Operator;
  readonly administration: Administration;
  readonly history: History;
  /** Ends all that is not done within the time to settle. */
  readonly over: AbortController;
}

const progressIntervalMs = 1_000;

/** Performs the operations while the planned faults are injected, then waits until everything has settled. */
async function runOperations(context: RunContext, settings: HarnessSettings): Promise<Nemesis> {
  const { plan, system, client, operator, history, over } = context;
  const startedAt = performance.now();
  const workers = new Workers(client, plan.sequences);
  const nemesis = new Nemesis({
    system,
    planned: plan.faults,
    beforeFault: (share) => workers.release(share),
  });
  let phase: Progress['phase'] = 'trouble';
  const reporting = setInterval(() => {
    settings.onProgress({
      phase,
      seconds: (performance.now() - startedAt) / 1_000,
      payments: workers.ended,
      ofPayments: plan.sequences.length,
      outcomes: history.outcomes,
      ofOutcomes: plan.documents.length,
      kills: nemesis.kills,
    });
  }, progressIntervalMs);
  let bound: NodeJS.Timeout | undefined;
  const learned = new AbortController();
  try {
    await endpointsBegun(context);
    await system.provider.faults.add([...plan.rejections, ...plan.writing, ...plan.standingFaults]);
    const performed = workers.run(over.signal);
    await nemesis.run();
    await workers.release(1);
    phase = 'settling';
    await system.receiver.behave();
    bound = setTimeout(() => over.abort(), settings.settleMs);
    const settling = operator.settleDoubtful(learned.signal);
    await performed;
    await system.provider.faults.remove(plan.standingFaults);
    await pollOutcomes(client, history, plan.requests);
    learned.abort();
    await settling;
    await deliveriesSettled(context, settings.settleMs);
  } finally {
    learned.abort();
    clearTimeout(bound);
    clearInterval(reporting);
  }
  return nemesis;
}

/** Waits until every endpoint has begun: one that is new gets what happens from then on. */
async function endpointsBegun({ administration }: RunContext): Promise<void> {
  const begun = async () => {
    const endpoints = await administration.endpoints();
    return endpoints.length > 0 && endpoints.every(({ state }) => state !== 'starting');
  };
  if (await until(begun, { everyMs: 50, forMs: 30_000 })) return;
  throw new Error('an endpoint of webhooks has not begun within 30 seconds');
}

/** An endpoint's reader that a dead process held is taken over after five seconds. */
const quietAtMostMs = 10_000;
const quietAtLeastMs = 2_000;

/**
 * Waits until the endpoints are sent no more: soon after they took all outcomes that clients know, or after a
 * longer silence. Complains of an endpoint that is gone and is sent more all the same.
 */
async function deliveriesSettled(
  { system: { receiver }, administration, history }: RunContext,
  forMs: number,
): Promise<void> {
  const isQuiet = async () => {
    const taken = new Set(receiver.taken.filter(({ kind }) => isOutcome(kind)).map(({ entryId }) => entryId));
    const known = history.documents.filter(({ finals }) => finals.size > 0).flatMap(({ ids }) => [...ids]);
    return receiver.quietMs > (known.every((id) => taken.has(id)) ? quietAtLeastMs : quietAtMostMs);
  };
  const isGone = async () => (await administration.endpoints()).some(({ state }) => state === 'disabled');
  if (!receiver.hasSaidGone) return void (await until(isQuiet, { everyMs: 200, forMs }));
  if (!(await until(isGone, { everyMs: 200, forMs: quietAtMostMs })))
    history.addComplaint('the endpoint that answered 410 is not disabled');
  const { gone } = receiver.counts;
  await until(isQuiet, { everyMs: 200, forMs });
  if (receiver.counts.gone > gone) history.addComplaint('the endpoint that is disabled was sent more');
}

const isOutcome = (kind: string) => /-(?:registered|rejected|confirmed)$/.test(kind);
