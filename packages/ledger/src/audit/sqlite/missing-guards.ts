import type { DatabaseSync } from 'node:sqlite';
import { openDatabase } from '../../store/sqlite/open-database.js';
import { prepareQuery } from '../../store/sqlite/query.js';

interface Guard {
  readonly name: string;
  readonly sql: string;
}

/** The append-only triggers that a new ledger has and this one lacks, or has in another wording. */
export function missingGuards(database: DatabaseSync): string[] {
  const present = new Map(guardsOf(database).map(({ name, sql }) => [name, sql]));
  const fresh = openDatabase(':memory:');
  try {
    return guardsOf(fresh).flatMap(({ name, sql }) => (present.get(name) === sql ? [] : [name]));
  } finally {
    fresh.close();
  }
}

function guardsOf(database: DatabaseSync): Guard[] {
  const guards =
    "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name IN ('journal', 'seals')";
  return prepareQuery<Guard>(database, guards).all();
}
