import type { DatabaseSync } from 'node:sqlite';
import type { EntryState } from '../../entry/entry.js';
import { prepareQuery, type Query } from './query.js';

/**
 * Keeps count of the entries in each state. Changes are gathered in memory and written once before a commit:
 * most cancel each other out, and a trigger would write some of them for every entry.
 */
export class StateCounts {
  readonly #add: Query<never>;
  /** By provider, then by state. */
  readonly #changes = new Map<string, Map<EntryState, number>>();

  constructor(database: DatabaseSync) {
    this.#add = prepareQuery(
      database,
      `INSERT INTO counts VALUES (:provider, :state, :change)
       ON CONFLICT DO UPDATE SET entries = entries + excluded.entries`,
    );
  }

  /** Notes that an entry came into a state, from another or from nowhere. */
  move(provider: string, from: EntryState | null, to: EntryState): void {
    if (from === to) return;
    const changes = this.#changesOf(provider);
    if (from !== null) changes.set(from, (changes.get(from) ?? 0) - 1);
    changes.set(to, (changes.get(to) ?? 0) + 1);
  }

  /** Writes what has gathered, within the transaction that made it. */
  write(): void {
    for (const [provider, changes] of this.#changes) {
      for (const [state, change] of changes) if (change !== 0) this.#add.run({ provider, state, change });
    }
    this.#changes.clear();
  }

  /** Forgets what has gathered: it was rolled back. */
  forget(): void {
    this.#changes.clear();
  }

  #changesOf(provider: string): Map<EntryState, number> {
    const known = this.#changes.get(provider);
    if (known) return known;
    const changes = new Map<EntryState, number>();
    this.#changes.set(provider, changes);
    return changes;
  }
}
