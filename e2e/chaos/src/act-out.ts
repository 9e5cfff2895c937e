import type { ToldBook } from './books/told-book.js';
import { Clerks } from './clients/clerks.js';
import type { Client } from './clients/client.js';
import { learnOutcomes } from './clients/learn-outcomes.js';
import { Director } from './disturbances/director.js';
import type { LaboratorySettings } from './laboratory-settings.js';
import type { Operator } from './operator/operator.js';
import type { Plan } from './plan/plan.js';
import type { Progress } from './report/progress.js';
import type { World } from './world/world.js';

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
export async function actOut(cast: Cast, { settleMs, tell }: LaboratorySettings): Promise<Director> {
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
