import type { FaultRuleInput } from '@fiscalkit/sandbox';
import type { PlannedDisturbance } from './disturbance.js';
import { type EmphasisName, emphases } from './emphasis.js';
import { planDisturbances } from './plan-disturbances.js';
import { planStories } from './plan-stories.js';
import type { PlannedDocument } from './planned-document.js';
import { rejections } from './rejections.js';
import type { Ask, Story } from './story.js';

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
