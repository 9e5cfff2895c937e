import { capabilitiesFor, type OperationCapabilities, type Reason, unknownPlan } from '@fiscalkit/client';
import type { AttemptMemory } from '../delivery/attempt-memory.js';
import { callTooLate, stepNotTaken, stepUnanswered } from '../delivery/call-provider.js';
import type { StepResult } from '../entry/after-step.js';
import type { Entry } from '../entry/entry.js';
import type { BacklogName } from '../store/ledger-store.js';
import { evenPolicy } from './even-policy.fixture.js';
import type { Model } from './model.fixture.js';
import type { Answered, Holding, Waiting } from './model-state.fixture.js';
import { planOf } from './plan-of.fixture.js';
import { called, freshMemory, recall } from './process-memory.fixture.js';
import { providerFor, sentBy } from './provider-model.fixture.js';
import { wait } from './time-steps.fixture.js';

/** One of the workers of a model. */
export interface Worker {
  readonly model: Model;
  readonly index: number;
  readonly name: string;
}

const silence: Reason = { code: 'provider.timeout', message: 'Nothing came.', outage: true };
const stepWords = { submit: 'send', poll: 'ask for', find: 'look for' } as const;

/** Claims what is due of one backlog. A claim that the worker doesn't hear of stays claimed. */
export async function claim(
  { model, index, name }: Worker,
  backlog: BacklogName,
  answer: 'heard' | 'unheard',
): Promise<string> {
  const { leaseMs } = model.scenario.timing;
  const provider = model.providerOf(index);
  const shares = [{ ...backlog, limit: 1 }];
  const query = { provider: provider.name, shares, leaseMs, worker: name };
  const [claimed] = await model.store.claim(query);
  if (!claimed) {
    // What is due waits for another of its payment: a queue polls again in a moment.
    await wait(model);
    return `${name} finds nothing to take, and looks again a moment later`;
  }
  const words = `${name} takes the ${planOf(claimed.entry)}, to ${stepWords[claimed.step]} it`;
  if (answer === 'unheard') return `${words}, and doesn't hear of it`;
  model.setWorker(index, { phase: 'holding', claim: claimed, provider, requestedAt: model.state.elapsed });
  return words;
}

/** Calls the provider, unless it is too late for that. */
export async function beginCall(worker: Worker, { claim, provider, requestedAt }: Holding): Promise<string> {
  const { model, index, name } = worker;
  const { elapsed, processes } = model.state;
  const { startWithinMs } = model.scenario.timing;
  const memory = recall(processes[model.processOf(index)] ?? freshMemory, model.setup.createMemory);
  const ageIn = (of: AttemptMemory) => of.sinceAttemptMs(claim, startWithinMs, elapsed);
  model.changeProcess(index, (before) => called(before, ageIn));
  const sinceAttemptMs = ageIn(memory);
  const capabilities = capabilitiesNow(worker, { claim, provider }, memory);
  const waiting: Waiting = { phase: 'waiting', claim, provider, capabilities, sinceAttemptMs, request: null };
  const words = `${stepWords[claim.step]} the ${planOf(claim.entry)}`;
  if (elapsed - requestedAt > startWithinMs) {
    decide(worker, waiting, stepNotTaken(claim.step, callTooLate));
    return `${name} comes too late to ${words}`;
  }
  if (claim.step === 'submit') {
    const refused = await refusedBeforeSending(worker, waiting);
    if (refused) {
      decide(worker, waiting, refused);
      return `${name} does not ${words} any more`;
    }
    send(worker, waiting);
  } else model.setWorker(index, waiting);
  const isDecided = claim.step === 'find' && unknownPlan(capabilities) !== 'find';
  return isDecided ? hearAnswer(worker, waiting) : `${name} begins to ${words}`;
}

/** Returns the capabilities that a delivery worker would believe in for this claim. */
function capabilitiesNow(
  { model }: Worker,
  { claim, provider }: Pick<Holding, 'claim' | 'provider'>,
  memory: AttemptMemory,
): OperationCapabilities {
  const { operation, facets } = claim.entry;
  const { startWithinMs } = model.scenario.timing;
  // Clocks of the model only jump ahead, so the memory of a first attempt makes no difference.
  const sinceMs = memory.sinceFirstAttemptMs(claim, model.state.elapsed) + startWithinMs;
  return capabilitiesFor(provider.capabilities, { operation, operationType: facets.operationType }, sinceMs);
}

/** Returns the result of a submission that the worker decides against itself; `null` where it sends. */
async function refusedBeforeSending({ model }: Worker, waiting: Waiting): Promise<StepResult | null> {
  const { claim, provider, capabilities } = waiting;
  if (capabilities.deduplicationWindowMs === undefined) return null;
  let isSent = false;
  const probe = {
    ...provider,
    submit: async () => {
      isSent = true;
      return { kind: 'unknown', reason: silence } as const;
    },
  };
  const { signal } = new AbortController();
  const result = await model.setup.call({ claim, provider: probe, capabilities, store: model.store, signal });
  return isSent ? null : result;
}

function send({ model, index }: Worker, waiting: Waiting): void {
  const { entry } = waiting.claim;
  const { requests, wire, elapsed } = model.state;
  const request = sentBy(entry, waiting.provider, { number: requests, begunAt: elapsed });
  model.change({ requests: requests + 1, wire: [...wire, request] });
  model.changeProcess(index, (memory) => called(memory, (real) => real.begin(entry, elapsed)));
  model.setWorker(index, { ...waiting, request: requests });
  if (!acceptedBodies(entry, model).some((body) => Buffer.compare(entry.request.body, body) === 0)) {
    model.change({ broken: `the ${request.plan} was sent with other bytes than were accepted` });
  }
}

/** Returns what the service may have frozen, for each configuration; of a resubmission, what is stored. */
function acceptedBodies(entry: Entry, { setup, snapshot }: Model): Uint8Array[] {
  const planned = setup.documents.get(planOf(entry))?.flat() ?? [];
  const given = [...planned, ...snapshot.entries].filter(({ id }) => id === entry.id);
  return given.slice(0, Math.max(1, setup.providers.length)).map(({ request }) => request.body);
}

/** Lets the worker hear the provider's answer, or that it doesn't take the request now. */
export async function hearAnswer(worker: Worker, waiting: Waiting): Promise<string> {
  const { model, name } = worker;
  const { claim, capabilities, request } = waiting;
  const provider = providerFor(waiting.provider, model.state, request);
  const signal = new AbortController().signal;
  const result = await model.setup.call({ claim, provider, capabilities, store: model.store, signal });
  const { kind } = result.step === 'find' ? result.finding : result.verdict;
  if (kind === 'retry') {
    model.change({ wire: model.state.wire.filter(({ number }) => number !== request) });
  }
  decide(worker, waiting, result);
  return `${name} hears about the ${planOf(claim.entry)}: ${kind}`;
}

/** Lets the worker give up waiting, without knowing what happened to the request. */
export async function hearNothing(worker: Worker, waiting: Waiting): Promise<string> {
  decide(worker, waiting, stepUnanswered(waiting.claim.step, silence));
  return `${worker.name} hears nothing about the ${planOf(waiting.claim.entry)}`;
}

function decide({ model, index }: Worker, waiting: Waiting, result: StepResult): void {
  const { claim, capabilities, sinceAttemptMs } = waiting;
  const { entry } = claim;
  const context = { entry, capabilities, sinceAttemptMs, policy: evenPolicy, random: () => 0.5 };
  const transition = model.setup.decide(result, context);
  if (transition.to !== 'unknown')
    model.changeProcess(index, (memory) => called(memory, (real) => real.forget(entry)));
  model.setWorker(index, { phase: 'answered', claim, transition });
}

/** Writes the result of the call, if the worker still may. */
export async function writeResult({ model, index, name }: Worker, answered: Answered): Promise<string> {
  const { claim, transition } = answered;
  const outcome = await model.store.settle({ id: claim.entry.id, fence: claim.fence, transition });
  model.setWorker(index, { phase: 'idle' });
  const may = outcome.kind === 'written' ? 'writes' : 'may no longer write';
  return `${name} ${may} that the ${planOf(claim.entry)} is ${transition.to}`;
}

/** Kills the worker's process with all that only it knew; another takes its place. */
export async function die({ model, index, name }: Worker): Promise<string> {
  const { workers } = model.state;
  const isMine = (other: number) => model.processOf(other) === model.processOf(index);
  model.change({ workers: workers.map((each, other) => (isMine(other) ? { phase: 'idle' } : each)) });
  model.changeProcess(index, () => freshMemory);
  if (model.scenario.processes === 'two') return `${name} dies, and starts again`;
  await model.store.reopen();
  return 'the process dies, and another opens the ledger';
}
