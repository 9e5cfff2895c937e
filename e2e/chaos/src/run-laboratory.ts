import { actOut } from './act-out.js';
import { closeBooks } from './books/close-books.js';
import { ToldBook } from './books/told-book.js';
import { GatewayCaller } from './clients/call-gateway.js';
import { Client } from './clients/client.js';
import { commandOf } from './command-line/command-of.js';
import type { LaboratorySettings } from './laboratory-settings.js';
import { Administration } from './operator/administration.js';
import { Operator } from './operator/operator.js';
import { Chance } from './plan/chance.js';
import { type Plan, planRun } from './plan/plan.js';
import { countPlan } from './report/count-plan.js';
import { countWriting } from './report/count-writing.js';
import { machine } from './report/machine.js';
import type { RunResult } from './run-result.js';
import { openWorld, type World } from './world/world.js';

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
