import type { AttemptMemory } from '../delivery/attempt-memory.js';

/** A memory of attempts that can go back to an earlier moment: all calls that were made of it, in order. */
export interface ProcessMemory {
  readonly calls: readonly ((memory: AttemptMemory) => unknown)[];
}

/** Memory of a process that starts now. */
export const freshMemory: ProcessMemory = { calls: [] };

/** Returns the memory after one more call. */
export function called(memory: ProcessMemory, call: (memory: AttemptMemory) => unknown): ProcessMemory {
  return { ...memory, calls: [...memory.calls, call] };
}

/** Replays the calls on a real memory. */
export function recall({ calls }: ProcessMemory, create: () => AttemptMemory): AttemptMemory {
  const memory = create();
  for (const call of calls) call(memory);
  return memory;
}
