import type { Model } from './model.fixture.js';
import { planOf } from './plan-of.fixture.js';
import type { Plan } from './scenario.fixture.js';
import type { Step } from './step.fixture.js';

/** Steps of clients: they send documents, and repeat them, whether they have heard an answer or not. */
export function clientSteps(model: Model): Step[] {
  return model.scenario.plans
    .filter((plan) => maySend(plan, model))
    .flatMap((plan) => [
      {
        kind: 'accept',
        take: async () => {
          const entryId = await acceptEntry(plan, model);
          model.change({
            clients: { ...model.state.clients, [plan.name]: { ...clientOf(plan, model), entryId } },
          });
          const words =
            planOf({ id: entryId }) === plan.name ? 'it is accepted' : `its like is there, ${entryId}`;
          return `the client sends the ${plan.name} and hears that ${words}`;
        },
      },
      {
        kind: 'accept unheard',
        take: async () => {
          await acceptEntry(plan, model);
          return `the client sends the ${plan.name} and hears nothing`;
        },
      },
    ]);
}

function maySend({ name, times, after, afterRejected }: Plan, { state, snapshot }: Model): boolean {
  const { clients } = state;
  const isRejected = (plan: string) =>
    snapshot.entries.some((entry) => planOf(entry) === plan && entry.state === 'rejected');
  return (
    (clients[name]?.sent ?? 0) < times &&
    (after === undefined || clients[after]?.entryId != null) &&
    (afterRejected === undefined || isRejected(afterRejected))
  );
}

async function acceptEntry(plan: Plan, model: Model): Promise<string> {
  const client = clientOf(plan, model);
  const document = model.setup.documents.get(plan.name)?.[model.state.configured[0] ?? 0]?.[client.sent];
  if (!document) throw new Error('every plan is prepared');
  const outcome = await model.store.accept(document);
  const after = { ...client, sent: client.sent + 1 };
  model.change({ clients: { ...model.state.clients, [plan.name]: after } });
  return outcome.entry.id;
}

function clientOf({ name }: Plan, { state: { clients } }: Model) {
  return clients[name] ?? { sent: 0, entryId: null };
}
