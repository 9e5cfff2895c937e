import { planOf } from './plan-of.fixture.js';
import type { Plan } from './scenario.fixture.js';
import type { Step } from './step.fixture.js';
import type { World } from './world.fixture.js';

/** Clients hand in documents, once more when they heard nothing, and also when they did. */
export function clientSteps(world: World): Step[] {
  return world.scenario.plans
    .filter((plan) => mayHandIn(plan, world))
    .flatMap((plan) => [
      {
        kind: 'hand in',
        take: async () => {
          const told = await acceptEntry(plan, world);
          world.change({
            clients: { ...world.state.clients, [plan.name]: { ...clientOf(plan, world), told } },
          });
          const words = planOf({ id: told }) === plan.name ? 'it is accepted' : `its like is there, ${told}`;
          return `the client hands in the ${plan.name} and is told that ${words}`;
        },
      },
      {
        kind: 'hand in untold',
        take: async () => {
          await acceptEntry(plan, world);
          return `the client hands in the ${plan.name} and hears nothing`;
        },
      },
    ]);
}

function mayHandIn({ name, times, after, afterRejected }: Plan, { state, glance }: World): boolean {
  const { clients } = state;
  const isRejected = (plan: string) =>
    glance.entries.some((entry) => planOf(entry) === plan && entry.state === 'rejected');
  return (
    (clients[name]?.handedIn ?? 0) < times &&
    (after === undefined || clients[after]?.told != null) &&
    (afterRejected === undefined || isRejected(afterRejected))
  );
}

async function acceptEntry(plan: Plan, world: World): Promise<string> {
  const client = clientOf(plan, world);
  const document = world.parts.documents.get(plan.name)?.[world.state.configured[0] ?? 0]?.[client.handedIn];
  if (!document) throw new Error('every plan is made ready');
  const outcome = await world.store.accept(document);
  const after = { ...client, handedIn: client.handedIn + 1 };
  world.change({ clients: { ...world.state.clients, [plan.name]: after } });
  return outcome.entry.id;
}

function clientOf({ name }: Plan, { state: { clients } }: World) {
  return clients[name] ?? { handedIn: 0, told: null };
}
