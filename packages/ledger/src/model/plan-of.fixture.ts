import type { Entry } from '../entry/entry.js';

/** The name of the plan that the entry was handed in for: its id is that and a number. */
export function planOf({ id }: Pick<Entry, 'id'>): string {
  return id.replace(/#.*$/, '');
}
