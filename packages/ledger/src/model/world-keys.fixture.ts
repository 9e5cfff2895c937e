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
export function memoryKey(process: number, { state, parts, scenario, glance }: World): string {
  const { elapsed, processes } = state;
  const memory = recall(processes[process] ?? freshMemory, parts.createMemory);
  const { settlesWithinMs, startWithinMs } = scenario.timing;
  const upTo = (milliseconds: number) => Math.min(milliseconds, settlesWithinMs + startWithinMs);
  const inQuestion = glance.entries.filter((entry) => entry.state === 'sending' || entry.state === 'unknown');
  const ages = inQuestion.map((entry) => {
    const claim = { entry, claimedAt: entry.changedAt, step: 'find', fence: 0 } as const;
    return upTo(memory.sinceAttemptMs(claim, 0, elapsed + 1) - 1);
  });
  return `(${ages})`;
}
