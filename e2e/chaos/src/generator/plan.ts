import type { FaultRuleInput } from '@fiscalkit/sandbox';
import { drawKill } from '../nemesis/draw-fault.js';
import type { Fault, PlannedFault } from '../nemesis/fault.js';
import { Chance, type Weighted } from './chance.js';
import {
  derivedRefundOfRejectedSale,
  partlyClosedAndRefunded,
  prepaymentClosedOften,
  racedRefunds,
  refundRacesClosing,
  refundsRaceClosings,
  saleAndDerivedRefund,
  saleAndPartialRefunds,
} from './derivations.js';
import { DocumentGenerator } from './document-generator.js';
import type { ClientRequest, Operation, OperationSequence } from './operation.js';
import {
  confirmation,
  conflictingConfirmations,
  idsAlike,
  manyDocuments,
  prepaymentAndClosing,
  refundOfRejectedSale,
  rejectedConfirmation,
  rejectedSale,
  repeatedSale,
  reusedKey,
  sale,
  saleAndRefund,
  salesAlike,
  twinSales,
} from './operations.js';
import type { PlannedDocument } from './planned-document.js';
import { type Profile, type ProfileName, profiles } from './profile.js';

/** Settings that a plan depends on: equal settings have equal plans. */
export interface PlanRequest {
  readonly seed: number;
  readonly receipts: number;
  readonly gateways: number;
  readonly kills: number;
  readonly profile: ProfileName;
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
export function planRun({ seed, receipts, gateways, kills, profile }: PlanRequest): Plan {
  const sequences = planSequences(seed, receipts);
  const operations = sequences.flatMap((sequence) => sequence.operations);
  const named = new Map(operations.flatMap(documentsOf).map((document) => [document.name, document]));
  const documents = [...named.values()];
  const accepts = operations.filter((operation) => operation.kind === 'accept');
  return {
    sequences,
    documents,
    requests: new Map(accepts.map(({ document, request }) => [document.name, request])),
    faults: planFaults({ seed, gateways, kills, profile: profiles[profile] }),
    writing: profiles[profile].writing,
    standingFaults: profiles[profile].standingFaults,
    rejections: rejections(documents),
  };
}

type SequenceKind = Weighted<(generator: DocumentGenerator) => OperationSequence>;

const sequenceKinds: readonly [SequenceKind, ...SequenceKind[]] = [
  { weight: 18, choice: sale },
  { weight: 22, choice: saleAndRefund },
  { weight: 12, choice: manyDocuments },
  { weight: 8, choice: prepaymentAndClosing },
  { weight: 12, choice: repeatedSale },
  { weight: 6, choice: twinSales },
  { weight: 4, choice: salesAlike },
  { weight: 1, choice: idsAlike },
  { weight: 6, choice: reusedKey },
  { weight: 3, choice: rejectedSale },
  { weight: 2, choice: refundOfRejectedSale },
  { weight: 8, choice: saleAndDerivedRefund },
  { weight: 4, choice: saleAndPartialRefunds },
  { weight: 6, choice: racedRefunds },
  { weight: 4, choice: prepaymentClosedOften },
  { weight: 4, choice: partlyClosedAndRefunded },
  { weight: 2, choice: refundRacesClosing },
  { weight: 2, choice: refundsRaceClosings },
  { weight: 1, choice: derivedRefundOfRejectedSale },
  { weight: 8, choice: confirmation },
  { weight: 4, choice: conflictingConfirmations },
  { weight: 1, choice: rejectedConfirmation },
];

/** Plans sequences of which so many receipts come at least, and some confirmations. */
function planSequences(seed: number, receipts: number): OperationSequence[] {
  const generator = new DocumentGenerator(new Chance(seed, 'stories'));
  const sequences: OperationSequence[] = [];
  for (let left = receipts; left > 0; ) {
    const sequence = generator.chance.weighted(sequenceKinds)(generator);
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

/** Settings that the faults of a plan depend on. */
export interface FaultPlanSettings {
  readonly seed: number;
  readonly gateways: number;
  /** Number of times a gateway is killed. */
  readonly kills: number;
  readonly profile: Profile;
}

/** Plans faults in their order: so many kills, and other faults between them. */
function planFaults({ seed, gateways, kills, profile }: FaultPlanSettings): PlannedFault[] {
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
  return planned;
}

/** Returns the rules by which the provider rejects the documents whose outcome is to be `rejected`. */
function rejections(documents: readonly PlannedDocument[]): FaultRuleInput[] {
  const rejected = documents.filter(({ outcome }) => outcome === 'rejected');
  return rejected.map((document) => ({
    paymentId: document.paymentId,
    fault: { kind: 'reject' },
    ...(document.kind === 'receipt'
      ? { endpoint: 'receipts.create', operationType: document.operation }
      : { endpoint: `payments.${document.wallet}_confirm` }),
  }));
}
