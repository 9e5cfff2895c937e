import type { AttemptMemory } from '../delivery/attempt-memory.js';
import { type Entry, isFinal } from '../entry/entry.js';
import { freshMemory, recall } from './process-memory.fixture.js';
import type { World } from './world.fixture.js';
import type { WireRequest } from './world-state.fixture.js';

/** What a request on the wire can still bring about. */
export function requestKey({ plan, begunAt, answer }: WireRequest, { state, scenario }: World): string {
  if (answer === null) return `${plan}.${Math.min(state.elapsed - begunAt, scenario.timing.settlesWithinMs)}`;
  const documentId = 'providerDocumentId' in answer ? answer.providerDocumentId : '';
  return `${plan}.${answer.kind}.${documentId}`;
}

/**
 * What a process knows of the attempts that may have to be found out: what it would say of their age a moment from
 * now, which tells whether it has met them.
 */
export function memoryKey(process: number, world: World): string {
  const { state, parts, scenario } = world;
  const { elapsed, processes } = state;
  const known = processes[process] ?? freshMemory;
  const memory = recall(known, parts.createMemory);
  const { settlesWithinMs, startWithinMs } = scenario.timing;
  const upTo = (milliseconds: number) => Math.min(milliseconds, settlesWithinMs + startWithinMs);
  const ageIn = (asked: AttemptMemory, entry: Entry) => {
    const claim = { entry, claimedAt: entry.changedAt, step: 'find', fence: 0 } as const;
    return upTo(asked.sinceAttemptMs(claim, 0, elapsed + 1) - 1);
  };
  if (!scenario.exact) return `(${inQuestion(world).map((entry) => ageIn(memory, entry))})`;
  // To ask is to meet: each question is put to a memory of its own.
  const ages = inQuestion(world).flatMap((entry) =>
    [1, 2, 3].map((attempts) => ageIn(recall(known, parts.createMemory), { ...entry, attempts })),
  );
  return `(${ages})`;
}

/** Entries of which somebody may still have to find out something; of a store that may go back in time, also what was before. */
function inQuestion({ scenario, state, glance }: World): Entry[] {
  const { people, accounts, standby } = scenario;
  if (people || accounts || standby) {
    const before = state.standby?.rows.map(({ entry }) => entry) ?? [];
    return [...glance.entries, ...before].filter((entry) => !isFinal(entry.state));
  }
  return glance.entries.filter((entry) => entry.state === 'sending' || entry.state === 'unknown');
}
