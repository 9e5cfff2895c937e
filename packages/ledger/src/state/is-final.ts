import { type EntryState, finalStates } from '../entry/entry.js';

/** Whether nothing more happens to an entry in this state unless a person acts. */
export function isFinal(state: EntryState): boolean {
  return finalStates.some((final) => final === state);
}
