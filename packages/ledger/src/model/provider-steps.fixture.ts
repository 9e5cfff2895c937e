import { absorbedBy, type Fate, processed } from './provider-model.fixture.js';
import type { Step } from './step.fixture.js';
import type { World } from './world.fixture.js';
import type { RegisteredDocument, WireRequest } from './world-state.fixture.js';

/** The provider processes what is on the wire, at any moment until the time to settle is over, and completes what pends. */
export function providerSteps(world: World): Step[] {
  const { wire, documents } = world.state;
  return [
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
  const { provider } = world.scenario;
  const process = (fate: Fate, words: string) => async () => {
    world.change(processed(request, world.state, fate, provider));
    return `the provider ${words} the ${request.plan}`;
  };
  if (absorbedBy(request, world.state, provider)) {
    return [{ kind: 'register', take: process('registered', 'has already registered') }];
  }
  return [
    provider.asynchronous
      ? { kind: 'register', take: process('pending', 'begins to register') }
      : { kind: 'register', take: process('registered', 'registers') },
    { kind: 'reject', take: process('rejected', 'rejects') },
  ];
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
