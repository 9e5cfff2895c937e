import type { FaultRuleInput } from '@fiscalkit/sandbox';
import { drawKill } from '../nemesis/draw-fault.js';
import type { Fault, PlannedFault } from '../nemesis/fault.js';
import type { EmulatedProvider } from '../providers/emulated-provider.js';
import { Chance } from './chance.js';
import { DocumentGenerator } from './document-generator.js';
import type { ClientRequest, Operation, OperationSequence } from './operation.js';
import type { PlannedDocument } from './planned-document.js';
import type { Profile } from './profile.js';

/** Settings that a plan depends on: equal settings have equal plans. */
export interface PlanRequest {
  readonly seed: number;
  readonly receipts: number;
  readonly gateways: number;
  readonly kills: number;
  /** Name of one of the provider's profiles. */
  readonly profile: string;
}

/** Operations and faults of a run; only the timing is left to the machine. */
export interface Plan {
  readonly sequences: readonly OperationSequence[];
  /** Every document once, in the order in which clients first submit them; alternatives among them. */
  readonly documents: readonly PlannedDocument[];
  /** Requests of documents that clients write themselves, by name. */
  readonly requests: ReadonlyMap<string, ClientRequest>;
  readonly faults: readonly PlannedFault[];
  /** Fault rules of the provider until the last document was submitted. */
  readonly standingFaults: readonly FaultRuleInput[];
  /** Rules by which the provider rewrites what it registers, to the end. */
  readonly writing: readonly FaultRuleInput[];
  /** Rules by which the provider rejects documents, to the end. */
  readonly rejections: readonly FaultRuleInput[];
}

/** Plans operations, faults and kills. */
export function planRun(
  { seed, receipts, gateways, kills, profile: name }: PlanRequest,
  provider: EmulatedProvider,
): Plan {
  const profile = provider.profiles[name];
  if (profile === undefined) throw new Error(`there is no profile ${name}`);
  const sequences = planSequences(seed, receipts, provider);
  const operations = sequences.flatMap((sequence) => sequence.operations);
  const named = new Map(operations.flatMap(documentsOf).map((document) => [document.name, document]));
  const documents = [...named.values()];
  const accepts = operations.filter((operation) => operation.kind === 'accept');
  return {
    sequences,
    documents,
    requests: new Map(accepts.map(({ document, request }) => [document.name, request])),
    faults: planFaults({ seed, gateways, kills, profile, outages: outagesFor(profile, receipts) }),
    writing: profile.writing,
    standingFaults: profile.standingFaults,
    rejections: provider.rejections(documents),
  };
}

/** Plans sequences of which so many receipts come at least, and some confirmations. */
function planSequences(seed: number, receipts: number, provider: EmulatedProvider): OperationSequence[] {
  const generator = new DocumentGenerator(new Chance(seed, 'stories'), provider.shops);
  const sequences: OperationSequence[] = [];
  for (let left = receipts; left > 0; ) {
    const sequence = generator.chance.weighted(provider.sequences)(generator);
    const added = receiptsOf(sequence);
    if (added > left) continue;
    sequences.push(sequence);
    left -= added;
  }
  return sequences;
}

function documentsOf(operation: Operation): readonly PlannedDocument[] {
  if (operation.kind === 'accept') return [operation.document];
  return operation.kind === 'derive'
    ? operation.requests.flatMap(({ alternatives }) => alternatives.flat())
    : [];
}

/** Counts the receipts that come of a sequence, at least. */
export function receiptsOf({ operations }: OperationSequence): number {
  const least = operations.flatMap((operation) =>
    operation.kind === 'derive'
      ? operation.requests.slice(0, operation.least).flatMap(({ alternatives: [made = []] }) => made)
      : documentsOf(operation),
  );
  return new Set(least.filter(({ kind }) => kind === 'receipt').map(({ name }) => name)).size;
}

const receiptsPerOutage = 500;
const mostOutages = 8;

/** Returns the number of long outages of a plan, for a profile that has any. */
function outagesFor({ outages = [] }: Profile, receipts: number): number {
  return outages.length === 0 ? 0 : Math.min(mostOutages, Math.ceil(receipts / receiptsPerOutage));
}

/** Settings that the faults of a plan depend on. */
export interface FaultPlanSettings {
  readonly seed: number;
  readonly gateways: number;
  /** Number of times a gateway is killed. */
  readonly kills: number;
  /** Number of long outages. */
  readonly outages: number;
  readonly profile: Profile;
}

/** Plans faults in their order: so many kills, other faults between them, and outages spread over all. */
function planFaults({ seed, gateways, kills, outages, profile }: FaultPlanSettings): PlannedFault[] {
  const chance = new Chance(seed, 'disturbances');
  const planned: PlannedFault[] = [];
  const plan = (fault: Fault) => planned.push({ waitMs: chance.between(100, 900), fault });
  let owed = 0;
  for (let left = kills; left > 0; ) {
    for (owed += profile.perKill * 2 * chance.draw(); owed >= 1; owed -= 1) {
      plan(chance.weighted(profile.besidesKills)(chance, gateways));
    }
    const kill = drawKill(chance, gateways, left);
    plan(kill);
    left -= kill.kind === 'kill-gateway-twice' ? 2 : 1;
  }
  return spreadOutages(planned, { seed, gateways, outages, profile });
}

/** Adds the outages: the kinds of the profile in turn, beginning with any of them. */
function spreadOutages(
  planned: readonly PlannedFault[],
  { seed, gateways, outages, profile }: Omit<FaultPlanSettings, 'kills'>,
): PlannedFault[] {
  const chance = new Chance(seed, 'outages');
  const kinds = profile.outages ?? [];
  const first = chance.between(0, kinds.length);
  const all = [...planned];
  for (let number = 0; number < outages; number += 1) {
    const draw = kinds[(first + number) % kinds.length];
    const place = Math.round(((number + 0.5) * planned.length) / outages) + number;
    if (draw) all.splice(place, 0, { waitMs: chance.between(100, 900), fault: draw(chance, gateways) });
  }
  return all;
}
