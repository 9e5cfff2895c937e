import { constants, getPriority, setPriority } from 'node:os';

/** Steps of the scheduler that this thread is put behind the others of its process. */
const steps = 5;

/**
 * Lets the threads that accept and deliver go first where processors are short. On Linux a priority belongs to a thread; elsewhere it is
 * the whole process's, and stays as it is. At five steps this thread gets a third of what another one gets that also never
 * rests, so that lists go on beside a busy neighbour.
 */
export function giveWay(): void {
  if (process.platform !== 'linux') return;
  try {
    setPriority(Math.min(getPriority() + steps, constants.priority.PRIORITY_LOW));
  } catch {
    // A system that does not let it is read on at the priority that it gives.
  }
}
