import type { EntryIndex } from '../entry-search.js';
import { findInSlices } from '../find-in-slices.js';
import { prepareFindEntries } from './find-entries.js';
import type { ListConnections } from './list-connections.js';
import type { SchemaNames } from './migrations/schema-names.js';
import type { PostgresDatabase, RunStatement } from './postgres-database.js';
import { statement } from './statement.js';
import { prepareUpdateIndex } from './update-index.js';

/** What the index of entries works on. */
interface EntryIndexDependencies {
  readonly names: SchemaNames;
  readonly database: PostgresDatabase;
  readonly lists: ListConnections;
}

/** Prepares the index of entries; it is searched on the connections of lists. */
export function prepareEntryIndex({ names, database, lists }: EntryIndexDependencies): EntryIndex {
  const { schema } = names;
  const find = prepareFindEntries(schema, lists.read);
  return {
    update: prepareUpdateIndex(names, database),
    lagMs: prepareIndexLag(schema, database.read),
    find: (search) => findInSlices(search, find),
  };
}

/** Prepares the read of the age of the oldest change that the index does not have. */
export function prepareIndexLag(schema: string, read: RunStatement): () => Promise<number> {
  const lag = statement(`
    SELECT greatest(0, ${schema}.clock() - least(
      (SELECT j.at FROM ${schema}.journal AS j
       WHERE j.position > (SELECT position FROM ${schema}.search_progress) ORDER BY j.position LIMIT 1),
      (SELECT min(j.at) FROM ${schema}.search_gaps AS g
       JOIN ${schema}.journal AS j ON j.position BETWEEN g.first_position AND g.last_position)
    ))::double precision AS lag`);

  return async () => (await read<{ lag: number | null }>(lag))[0]?.lag ?? 0;
}
