import type { FaultRuleInput } from '@fiscalkit/sandbox';
import { drawKill } from '../nemesis/draw-fault.js';
import type { Disturbance, PlannedDisturbance } from '../nemesis/fault.js';
import { Chance, type Weighted } from './chance.js';
import { Pen } from './document-generator.js';
import type { Ask, Story } from './operation.js';
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
import { type Emphasis, type EmphasisName, emphases } from './profile.js';

/** What a run is planned for: the same request has the same plan. */
export interface PlanRequest {
  readonly seed: number;
  readonly receipts: number;
  readonly gateways: number;
  readonly kills: number;
  readonly emphasis: EmphasisName;
}

/** A document, and a request that hands it in. */
export interface HandedIn {
  readonly document: PlannedDocument;
  readonly ask: Ask;
}

/** All that will happen in a run; only the timing is left to the machine. */
export interface Plan {
  readonly stories: readonly Story[];
  /** Every document once, in the order in which clients begin with them. */
  readonly documents: readonly HandedIn[];
  readonly disturbances: readonly PlannedDisturbance[];
  /** Faults of the provider until the last document is handed in. */
  readonly standingFaults: readonly FaultRuleInput[];
  /** How it writes what it registers, to the end. */
  readonly writing: readonly FaultRuleInput[];
  /** Which documents it rejects, to the end. */
  readonly rejections: readonly FaultRuleInput[];
}

/** Plans documents, repeats, conflicts, faults and kills. */
export function planRun({ seed, receipts, gateways, kills, emphasis }: PlanRequest): Plan {
  const stories = planStories(seed, receipts);
  const documents = new Map<string, HandedIn>();
  for (const step of stories.flatMap(({ steps }) => steps)) {
    if (step.kind === 'hand-in')
      documents.set(step.document.name, { document: step.document, ask: step.ask });
  }
  return {
    stories,
    documents: [...documents.values()],
    disturbances: planDisturbances({ seed, gateways, kills, emphasis: emphases[emphasis] }),
    writing: emphases[emphasis].writing,
    standingFaults: emphases[emphasis].standingFaults,
    rejections: rejections([...documents.values()].map(({ document }) => document)),
  };
}

const kinds: readonly [Weighted<(pen: Pen) => Story>, ...Weighted<(pen: Pen) => Story>[]] = [
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
  { weight: 8, choice: confirmation },
  { weight: 4, choice: conflictingConfirmations },
  { weight: 1, choice: rejectedConfirmation },
];

/** Stories with so many receipts in all, and some confirmations besides. */
function planStories(seed: number, receipts: number): Story[] {
  const pen = new Pen(new Chance(seed, 'stories'));
  const stories: Story[] = [];
  for (let left = receipts; left > 0; ) {
    const tell = pen.chance.weighted(kinds);
    const story = tell(pen);
    const added = receiptsOf(story);
    if (added > left) continue;
    stories.push(story);
    left -= added;
  }
  return stories;
}

function receiptsOf({ steps }: Story): number {
  const names = steps.flatMap((step) =>
    step.kind === 'hand-in' && step.document.kind === 'receipt' ? [step.document.name] : [],
  );
  return new Set(names).size;
}

/** What disturbances are planned for. */
export interface DisturbanceScope {
  readonly seed: number;
  readonly gateways: number;
  /** How often a gateway is killed. */
  readonly kills: number;
  readonly emphasis: Emphasis;
}

/** Disturbances in their order: the kills asked for, and other trouble between them. */
function planDisturbances({ seed, gateways, kills, emphasis }: DisturbanceScope): PlannedDisturbance[] {
  const chance = new Chance(seed, 'disturbances');
  const planned: PlannedDisturbance[] = [];
  const plan = (disturbance: Disturbance) => planned.push({ waitMs: chance.between(100, 900), disturbance });
  let owed = 0;
  for (let left = kills; left > 0; ) {
    for (owed += emphasis.perKill * 2 * chance.draw(); owed >= 1; owed -= 1) {
      plan(chance.weighted(emphasis.besidesKills)(chance, gateways));
    }
    const kill = drawKill(chance, gateways, left);
    plan(kill);
    left -= kill.kind === 'kill-gateway-twice' ? 2 : 1;
  }
  return planned;
}

/** The rules by which the provider rejects the documents that it is to reject. */
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
