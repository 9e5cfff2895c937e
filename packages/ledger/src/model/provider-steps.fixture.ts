import type { Model } from './model.fixture.js';
import type { RegisteredDocument, WireRequest } from './model-state.fixture.js';
import { absorbedBy, type Processing, processed, type RequestOutcome } from './provider-model.fixture.js';
import type { Step } from './step.fixture.js';

/** Steps of the provider: it processes requests within their time to settle, and completes documents. */
export function providerSteps(model: Model): Step[] {
  const { wire, documents } = model.state;
  const late = documents.filter(({ listed }) => !listed);
  return [
    ...late.map((document) => listing(document, model)),
    ...wire.filter((request) => isOnItsWay(request, model)).flatMap((request) => processing(request, model)),
    ...documents
      .filter(({ state }) => state === 'pending')
      .flatMap((document) => completing(document, model)),
  ];
}

/** Whether the provider may still process the request. */
export function isOnItsWay({ answer, begunAt }: WireRequest, { state, scenario }: Model): boolean {
  return answer === null && state.elapsed < begunAt + scenario.timing.settlesWithinMs;
}

function processing(request: WireRequest, model: Model): Step[] {
  const { provider, behaviour = {} } = model.scenario;
  const process = (processing: Processing, words: string) => async () => {
    model.change(processed(request, model.state, processing, provider));
    return `the provider ${words} the ${request.plan}`;
  };
  if (absorbedBy(request, model.state, provider)) {
    return [{ kind: 'register', take: process({ outcome: 'registered' }, 'has already registered') }];
  }
  const like = absorbedBy(request, model.state, { ...provider, deduplicatesBy: 'payment' });
  if (behaviour.refusesRepeats && like) {
    return [{ kind: 'register', take: process({ outcome: 'rejected' }, 'refuses, because of its like,') }];
  }
  const outcome = provider.asynchronous ? 'pending' : 'registered';
  const words = provider.asynchronous ? 'begins to register' : 'registers';
  const steps: Step[] = [
    { kind: 'register', take: process({ outcome }, words) },
    { kind: 'reject', take: process({ outcome: 'rejected' }, 'rejects') },
  ];
  if (behaviour.listsLate) {
    const take = process({ outcome, listed: false }, `${words}, and does not list yet,`);
    steps.push({ kind: 'register', take });
  }
  if (behaviour.writesUnclearly) {
    const take = process({ outcome, unclear: true }, `${words}, and writes down unclearly,`);
    steps.push({ kind: 'register unclearly', take });
  }
  return steps;
}

function listing(document: RegisteredDocument, model: Model): Step {
  return {
    kind: 'list',
    async take() {
      const { documents } = model.state;
      const listed = documents.map((each) => (each.id === document.id ? { ...each, listed: true } : each));
      model.change({ documents: listed });
      return `the provider lists the ${document.plan}`;
    },
  };
}

function completing(document: RegisteredDocument, model: Model): Step[] {
  const become = (state: RequestOutcome, words: string) => async () => {
    const completed = { ...document, state };
    const documents = model.state.documents.map((each) => (each.id === document.id ? completed : each));
    model.change({ documents });
    return `the provider ${words} the ${document.plan} that it had begun`;
  };
  return [
    { kind: 'complete', take: become('registered', 'registers') },
    { kind: 'reject', take: become('rejected', 'rejects') },
  ];
}
