import type { AttemptMemory } from '../delivery/attempt-memory.js';

/** A memory of attempts that can be taken back to an earlier moment: all calls that were made of it, in order. */
export interface ProcessMemory {
  readonly calls: readonly ((memory: AttemptMemory) => unknown)[];
}

/** The memory of a process that starts now. */
export const freshMemory: ProcessMemory = { calls: [] };

/** The memory after one call more. */
export function called(memory: ProcessMemory, call: (memory: AttemptMemory) => unknown): ProcessMemory {
  return { ...memory, calls: [...memory.calls, call] };
}

/** The real memory, as far as it has come. */
export function recall({ calls }: ProcessMemory, create: () => AttemptMemory): AttemptMemory {
  const memory = create();
  for (const call of calls) call(memory);
  return memory;
}
