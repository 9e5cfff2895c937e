import { absorbedBy, type Fate, type Processing, processed } from './provider-model.fixture.js';
import type { Step } from './step.fixture.js';
import type { World } from './world.fixture.js';
import type { RegisteredDocument, WireRequest } from './world-state.fixture.js';

/** The provider processes what is on the wire, at any moment until the time to settle is over, and completes what pends. */
export function providerSteps(world: World): Step[] {
  const { wire, documents } = world.state;
  const late = documents.filter(({ listed }) => !listed);
  return [
    ...late.map((document) => listing(document, world)),
    ...wire.filter((request) => isOnItsWay(request, world)).flatMap((request) => processing(request, world)),
    ...documents
      .filter(({ state }) => state === 'pending')
      .flatMap((document) => completing(document, world)),
  ];
}

/** Whether the provider may still process the request. */
export function isOnItsWay({ answer, begunAt }: WireRequest, { state, scenario }: World): boolean {
  return answer === null && state.elapsed < begunAt + scenario.timing.settlesWithinMs;
}

function processing(request: WireRequest, world: World): Step[] {
  const { provider, manners = {} } = world.scenario;
  const process = (processing: Processing, words: string) => async () => {
    world.change(processed(request, world.state, processing, provider));
    return `the provider ${words} the ${request.plan}`;
  };
  if (absorbedBy(request, world.state, provider)) {
    return [{ kind: 'register', take: process({ fate: 'registered' }, 'has already registered') }];
  }
  const like = absorbedBy(request, world.state, { ...provider, deduplicatesBy: 'payment' });
  if (manners.refusesRepeats && like) {
    return [{ kind: 'register', take: process({ fate: 'rejected' }, 'refuses, because of its like,') }];
  }
  const fate = provider.asynchronous ? 'pending' : 'registered';
  const words = provider.asynchronous ? 'begins to register' : 'registers';
  const steps: Step[] = [
    { kind: 'register', take: process({ fate }, words) },
    { kind: 'reject', take: process({ fate: 'rejected' }, 'rejects') },
  ];
  if (manners.listsLate) {
    const take = process({ fate, listed: false }, `${words}, and does not list yet,`);
    steps.push({ kind: 'register', take });
  }
  if (manners.writesUnclearly) {
    const take = process({ fate, unclear: true }, `${words}, and writes down unclearly,`);
    steps.push({ kind: 'register unclearly', take });
  }
  return steps;
}

function listing(document: RegisteredDocument, world: World): Step {
  return {
    kind: 'list',
    async take() {
      const { documents } = world.state;
      const listed = documents.map((each) => (each.id === document.id ? { ...each, listed: true } : each));
      world.change({ documents: listed });
      return `the provider lists the ${document.plan}`;
    },
  };
}

function completing(document: RegisteredDocument, world: World): Step[] {
  const become = (state: Fate, words: string) => async () => {
    const completed = { ...document, state };
    const documents = world.state.documents.map((each) => (each.id === document.id ? completed : each));
    world.change({ documents });
    return `the provider ${words} the ${document.plan} that it had begun`;
  };
  return [
    { kind: 'complete', take: become('registered', 'registers') },
    { kind: 'reject', take: become('rejected', 'rejects') },
  ];
}
