import { type EntryState, finalStates } from '../entry/entry.js';

export type FinalState = (typeof finalStates)[number];

/** Whether nothing more happens to an entry in this state unless a person acts. */
export function isFinal(state: EntryState): state is FinalState {
  return finalStates.some((final) => final === state);
}
