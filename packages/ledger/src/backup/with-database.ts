import type { DatabaseSync } from 'node:sqlite';

/** Works on an open database, and closes it. */
export function withDatabase<Result>(
  database: DatabaseSync,
  work: (database: DatabaseSync) => Result,
): Result {
  try {
    return work(database);
  } finally {
    database.close();
  }
}
