import { type Reason, unknownPlan } from '@fiscalkit/client';
import type { AttemptMemory } from '../delivery/attempt-memory.js';
import { callTooLate, stepNotTaken, stepUnanswered } from '../delivery/call-provider.js';
import type { StepResult } from '../entry/after-step.js';
import type { Entry } from '../entry/entry.js';
import type { BacklogName } from '../store/ledger-store.js';
import { evenPolicy } from './even-policy.fixture.js';
import { planOf } from './plan-of.fixture.js';
import { called, freshMemory, recall } from './process-memory.fixture.js';
import { providerFor, sentBy } from './provider-model.fixture.js';
import { wait } from './time-steps.fixture.js';
import type { World } from './world.fixture.js';
import type { Answered, Holding, Waiting } from './world-state.fixture.js';

/** One of the workers of a world. */
export interface Worker {
  readonly world: World;
  readonly index: number;
  readonly name: string;
}

const silence: Reason = { code: 'provider.timeout', message: 'Nothing came.', outage: true };
const stepWords = { submit: 'send', poll: 'ask for', find: 'look for' } as const;

/** The worker takes what is due of one backlog. What it doesn't hear of stays taken all the same. */
export async function claim(
  { world, index, name }: Worker,
  backlog: BacklogName,
  answer: 'heard' | 'unheard',
): Promise<string> {
  const { leaseMs } = world.scenario.timing;
  const provider = world.providerOf(index);
  const shares = [{ ...backlog, limit: 1 }];
  const query = { provider: provider.name, shares, leaseMs, worker: name };
  const [claimed] = await world.store.claim(query);
  if (!claimed) {
    // What is due waits for another of its payment: a queue looks again in a moment.
    await wait(world);
    return `${name} finds nothing to take, and looks again a moment later`;
  }
  const words = `${name} takes the ${planOf(claimed.entry)}, to ${stepWords[claimed.step]} it`;
  if (answer === 'unheard') return `${words}, and doesn't hear of it`;
  world.setWorker(index, { phase: 'holding', claim: claimed, provider, askedAt: world.state.elapsed });
  return words;
}

/** The worker calls the provider, unless it comes too late for that. */
export async function beginCall(worker: Worker, { claim, provider, askedAt }: Holding): Promise<string> {
  const { world, index, name } = worker;
  const { elapsed, processes } = world.state;
  const { startWithinMs } = world.scenario.timing;
  const memory = recall(processes[world.processOf(index)] ?? freshMemory, world.parts.createMemory);
  const ask = (asked: AttemptMemory) => asked.sinceAttemptMs(claim, startWithinMs, elapsed);
  world.changeProcess(index, (before) => called(before, ask));
  const sinceAttemptMs = ask(memory);
  const waiting: Waiting = { phase: 'waiting', claim, provider, sinceAttemptMs, request: null };
  const words = `${stepWords[claim.step]} the ${planOf(claim.entry)}`;
  if (elapsed - askedAt > startWithinMs) {
    decide(worker, waiting, stepNotTaken(claim.step, callTooLate));
    return `${name} comes too late to ${words}`;
  }
  if (claim.step === 'submit') send(worker, waiting);
  else world.setWorker(index, waiting);
  const isDecided = claim.step === 'find' && unknownPlan(provider.capabilities) === 'resend';
  return isDecided ? hearAnswer(worker, waiting) : `${name} begins to ${words}`;
}

function send({ world, index }: Worker, waiting: Waiting): void {
  const { entry } = waiting.claim;
  const { requests, wire, elapsed } = world.state;
  const request = sentBy(entry, waiting.provider, { number: requests, begunAt: elapsed });
  world.change({ requests: requests + 1, wire: [...wire, request] });
  world.changeProcess(index, (memory) => called(memory, (real) => real.begin(entry, elapsed)));
  world.setWorker(index, { ...waiting, request: requests });
  if (!acceptedBodies(entry, world).some((body) => Buffer.compare(entry.request.body, body) === 0)) {
    world.change({ broken: `the ${request.plan} was sent with other bytes than were accepted` });
  }
}

/** What the service may have frozen, by the configurations that there are; of what a person handed in again, what is stored. */
function acceptedBodies(entry: Entry, { parts, glance }: World): Uint8Array[] {
  const planned = parts.documents.get(planOf(entry))?.flat() ?? [];
  const given = [...planned, ...glance.entries].filter(({ id }) => id === entry.id);
  return given.slice(0, Math.max(1, parts.providers.length)).map(({ request }) => request.body);
}

/** The worker hears what the provider has to say, or that it doesn't take the request now. */
export async function hearAnswer(worker: Worker, waiting: Waiting): Promise<string> {
  const { world, name } = worker;
  const { claim, request } = waiting;
  const provider = providerFor(waiting.provider, world.state, request);
  const signal = new AbortController().signal;
  const result = await world.parts.call({ claim, provider, store: world.store, signal });
  const { kind } = result.step === 'find' ? result.finding : result.verdict;
  if (kind === 'retry') {
    world.change({ wire: world.state.wire.filter(({ number }) => number !== request) });
  }
  decide(worker, waiting, result);
  return `${name} hears about the ${planOf(claim.entry)}: ${kind}`;
}

/** The worker gives up waiting: whatever happened to the request, it doesn't know. */
export async function hearNothing(worker: Worker, waiting: Waiting): Promise<string> {
  decide(worker, waiting, stepUnanswered(waiting.claim.step, silence));
  return `${worker.name} hears nothing about the ${planOf(waiting.claim.entry)}`;
}

function decide({ world, index }: Worker, waiting: Waiting, result: StepResult): void {
  const { claim, sinceAttemptMs } = waiting;
  const { entry } = claim;
  const { capabilities } = waiting.provider;
  const context = { entry, capabilities, sinceAttemptMs, policy: evenPolicy, random: () => 0.5 };
  const transition = world.parts.decide(result, context);
  if (transition.to !== 'unknown')
    world.changeProcess(index, (memory) => called(memory, (real) => real.forget(entry)));
  world.setWorker(index, { phase: 'answered', claim, transition });
}

/** The worker writes what came of its call, if it still may. */
export async function writeResult({ world, index, name }: Worker, answered: Answered): Promise<string> {
  const { claim, transition } = answered;
  const outcome = await world.store.settle({ id: claim.entry.id, fence: claim.fence, transition });
  world.setWorker(index, { phase: 'idle' });
  const may = outcome.kind === 'written' ? 'writes' : 'may no longer write';
  return `${name} ${may} that the ${planOf(claim.entry)} is ${transition.to}`;
}

/** The worker's process dies with all that only it knew; another takes its place. */
export async function die({ world, index, name }: Worker): Promise<string> {
  const { workers } = world.state;
  const isMine = (other: number) => world.processOf(other) === world.processOf(index);
  world.change({ workers: workers.map((each, other) => (isMine(other) ? { phase: 'idle' } : each)) });
  world.changeProcess(index, () => freshMemory);
  if (world.scenario.processes === 'two') return `${name} dies, and starts again`;
  await world.store.reopen();
  return 'the process dies, and another opens the ledger';
}
