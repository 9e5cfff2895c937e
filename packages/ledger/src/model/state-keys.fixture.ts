import type { AttemptMemory } from '../delivery/attempt-memory.js';
import { type Entry, isFinal } from '../entry/entry.js';
import type { Model } from './model.fixture.js';
import type { WireRequest } from './model-state.fixture.js';
import { freshMemory, recall } from './process-memory.fixture.js';

/** Returns what a request on the wire can still cause. */
export function requestKey({ plan, begunAt, answer }: WireRequest, { state, scenario }: Model): string {
  if (answer === null) return `${plan}.${Math.min(state.elapsed - begunAt, scenario.timing.settlesWithinMs)}`;
  const documentId = 'providerDocumentId' in answer ? answer.providerDocumentId : '';
  return `${plan}.${answer.kind}.${documentId}`;
}

/**
 * Returns what a process knows of the attempts that may have to be searched: the age that it would report a
 * moment from now, which shows whether it has seen them.
 */
export function memoryKey(process: number, model: Model): string {
  const { state, setup, scenario } = model;
  const { elapsed, processes } = state;
  const known = processes[process] ?? freshMemory;
  const memory = recall(known, setup.createMemory);
  const { settlesWithinMs, startWithinMs } = scenario.timing;
  const upTo = (milliseconds: number) => Math.min(milliseconds, settlesWithinMs + startWithinMs);
  const ageIn = (of: AttemptMemory, entry: Entry) => {
    const claim = { entry, claimedAt: entry.changedAt, step: 'find', fence: 0 } as const;
    return upTo(of.sinceAttemptMs(claim, 0, elapsed + 1) - 1);
  };
  if (!scenario.exact) return `(${inQuestion(model).map((entry) => ageIn(memory, entry))})`;
  // A query changes the memory: each is put to a memory of its own.
  const ages = inQuestion(model).flatMap((entry) =>
    [1, 2, 3].map((attempts) => ageIn(recall(known, setup.createMemory), { ...entry, attempts })),
  );
  return `(${ages})`;
}

/**
 * Returns entries that may still have to be searched; of a store that may go back in time, also those before.
 */
function inQuestion({ scenario, state, snapshot }: Model): Entry[] {
  const { operators, accounts, standby } = scenario;
  if (operators || accounts || standby) {
    const before = state.standby?.rows.map(({ entry }) => entry) ?? [];
    return [...snapshot.entries, ...before].filter((entry) => !isFinal(entry.state));
  }
  return snapshot.entries.filter((entry) => entry.state === 'sending' || entry.state === 'unknown');
}
