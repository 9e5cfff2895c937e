import type { Entry } from '../entry/entry.js';

/** Returns the name of the plan that the entry was accepted for: its id is that and a number. */
export function planOf({ id }: Pick<Entry, 'id'>): string {
  return id.replace(/#.*$/, '');
}
