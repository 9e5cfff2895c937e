import type { DatabaseSync } from 'node:sqlite';
import { prepareQuery, type Query } from './query.js';

/** The numbers of names that stand in many rows: merchants, providers, operations, accounts and workers. */
export class Names {
  readonly #find: Query<{ readonly number: number }>;
  readonly #add: Query<never>;
  readonly #numbers = new Map<string, number>();

  constructor(database: DatabaseSync) {
    this.#find = prepareQuery(database, 'SELECT number FROM names WHERE name = :name');
    this.#add = prepareQuery(database, 'INSERT INTO names (name) VALUES (:name)');
  }

  /** Returns the number of the name, within a transaction: a name that is new gets one. */
  numberOf(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const number = this.#find.one({ name })?.number ?? this.#add.insert({ name });
    this.#numbers.set(name, number);
    return number;
  }

  /** Forgets what it knows: some of it was rolled back. */
  forget(): void {
    this.#numbers.clear();
  }
}

/** The expression of the number of a name that a statement is given; NULL for a name that no row has. */
export function numberOfName(parameter: string): string {
  return `(SELECT number FROM names WHERE name = :${parameter})`;
}

/** The expression of the numbers of names that a statement is given as JSON. */
export function numbersOfNames(parameter: string): string {
  return `(SELECT number FROM names WHERE name IN (SELECT value FROM json_each(:${parameter})))`;
}
