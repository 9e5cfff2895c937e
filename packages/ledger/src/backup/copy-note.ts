import type { DatabaseSync } from 'node:sqlite';
import { prepareQuery } from '../store/sqlite/query.js';

/** Notes in a copy when it was made. Only copies have this table. */
export function noteCopy(database: DatabaseSync, madeAt: Date): void {
  database.exec('CREATE TABLE IF NOT EXISTS copies (made_at INTEGER NOT NULL) STRICT');
  prepareQuery(database, 'INSERT INTO copies VALUES (:madeAt)').run({ madeAt: madeAt.getTime() });
}

/**
 * When a copy was made: as it says itself, or, when it was made by other means, at the time of its last journal row at the
 * earliest. `null` when nothing tells.
 */
export function copyMadeAt(database: DatabaseSync): Date | null {
  const isCopy = "SELECT count(*) AS tables FROM sqlite_schema WHERE name = 'copies'";
  const noted = prepareQuery<{ tables: number }>(database, isCopy).one()?.tables
    ? 'SELECT made_at AS at FROM copies UNION ALL'
    : '';
  const newest = `SELECT max(at) AS at FROM (${noted} SELECT * FROM (SELECT at FROM journal ORDER BY position DESC LIMIT 1))`;
  const at = prepareQuery<{ at: number | null }>(database, newest).one()?.at ?? null;
  return at === null ? null : new Date(at);
}
