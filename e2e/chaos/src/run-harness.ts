import { closeBooks } from './checker/checker.js';
import { Client } from './clients/client.js';
import { GatewayCaller } from './clients/gateway-caller.js';
import { Clerks, learnOutcomes } from './clients/workers.js';
import { commandOf } from './command-of.js';
import { Chance } from './generator/chance.js';
import { type Plan, planRun } from './generator/plan.js';
import type { LaboratorySettings } from './harness-settings.js';
import { ToldBook } from './history/history.js';
import { Director } from './nemesis/nemesis.js';
import { Administration } from './operator/administration.js';
import { Operator } from './operator/operator.js';
import type { Progress } from './report/progress.js';
import { countPlan, countWriting, machine } from './report/run-facts.js';
import type { RunResult } from './run-result.js';
import { openWorld, type World } from './system/system.js';

/** Runs the laboratory once: clients work while all goes wrong, everything settles, and the three books are compared. */
export async function runLaboratory(settings: LaboratorySettings): Promise<RunResult> {
  const { ledger, seed, gateways, without } = settings;
  const startedAt = new Date();
  const plan = planRun(settings);
  const world = await openWorld({ ...settings, mayMount: true });
  try {
    const outcome = await runIn(world, plan, settings);
    const durationMs = Date.now() - startedAt.getTime();
    const identity = { command: commandOf(settings), machine: machine(), ledger, seed, gateways, without };
    return { ...identity, startedAt, durationMs, place: world.ledger.description, ...outcome };
  } finally {
    await world.close();
  }
}

async function runIn(world: World, plan: Plan, settings: LaboratorySettings) {
  const book = new ToldBook();
  const caller = new GatewayCaller();
  const over = new AbortController();
  const gatewayUrls = world.gateways.filter(({ role }) => role !== 'worker').map(({ url }) => url);
  const chance = new Chance(settings.seed, 'operator');
  const anyGateway = () => gatewayUrls[chance.between(0, gatewayUrls.length - 1)] ?? '';
  const operator = new Operator({
    administration: new Administration(caller, anyGateway),
    provider: world.provider.faults,
    rejections: plan.rejections,
    book,
    over: over.signal,
  });
  const client = new Client({
    caller,
    book,
    operator,
    gatewayUrls,
    chance: new Chance(settings.seed, 'clients'),
    over: over.signal,
  });
  const director = await actOut({ plan, world, client, operator, book, over }, settings).finally(() =>
    caller.close(),
  );
  const faults = await world.provider.faults.count();
  const planned = plan.documents.map(({ document }) => document);
  const { books, recognition, violations } = await closeBooks(world, planned, book);
  const counts = {
    ...countPlan(plan),
    told: books.told.length,
    stored: books.stored.length,
    'handed in again': book.givenUp.size,
    'at the provider': books.provider.receipts.length + books.provider.confirmations.length,
    kills: director.kills,
  };
  const writing = countWriting(books.provider.receipts);
  const receiptsAtProvider = books.provider.receipts.length;
  return {
    counts,
    recognition,
    receiptsAtProvider,
    writing,
    disturbances: director.counts,
    faults,
    violations,
  };
}

/** Who takes part in a run. */
export interface Cast {
  readonly plan: Plan;
  readonly world: World;
  readonly client: Client;
  readonly operator: Operator;
  readonly book: ToldBook;
  /** Ends everything that is not done within the time to settle. */
  readonly over: AbortController;
}

const clerks = 24;
const tellEveryMs = 1_000;

/** Lets clients work while all goes wrong that was planned, then lets everything come to its end. Answers what happened. */
async function actOut(cast: Cast, { settleMs, tell }: LaboratorySettings): Promise<Director> {
  const { plan, world, client, operator, book, over } = cast;
  const startedAt = performance.now();
  const office = new Clerks({ stories: plan.stories, client, clerks });
  const director = new Director({
    world,
    planned: plan.disturbances,
    nextScene: (share) => office.letBegin(share),
  });
  let phase: Progress['phase'] = 'trouble';
  const telling = setInterval(() => {
    tell({
      phase,
      seconds: (performance.now() - startedAt) / 1_000,
      stories: office.ended,
      ofStories: plan.stories.length,
      outcomes: book.outcomes,
      ofOutcomes: plan.documents.length,
      kills: director.kills,
    });
  }, tellEveryMs);
  let bound: NodeJS.Timeout | undefined;
  const learned = new AbortController();
  try {
    await world.provider.faults.add([...plan.rejections, ...plan.writing, ...plan.standingFaults]);
    const working = office.work(over.signal);
    await director.run();
    await office.letBegin(1);
    phase = 'settling';
    bound = setTimeout(() => over.abort(), settleMs);
    const settling = operator.settleDoubtful(learned.signal);
    await working;
    await world.provider.faults.remove(plan.standingFaults);
    await learnOutcomes(client, book, plan.documents);
    learned.abort();
    await settling;
  } finally {
    learned.abort();
    clearTimeout(bound);
    clearInterval(telling);
  }
  return director;
}
