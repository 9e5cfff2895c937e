import { entryOfRow } from '../entry-of-row.js';
import type { EntryRow } from '../entry-row.js';
import type { Intervention, InterventionOutcome } from '../intervention-store.js';
import type { RunStatement } from './postgres-database.js';
import { resultFields } from './result-fields.js';
import type { SchemaNames } from './schema/schema-names.js';
import { statement } from './statement.js';

/** Prepares the call that writes what a person decided. */
export function prepareIntervene({ schema }: SchemaNames, run: RunStatement, sender: string) {
  const intervene = statement(`SELECT * FROM ${schema}.intervene($1, $2)`);

  return async ({ transition, ...decision }: Intervention): Promise<InterventionOutcome> => {
    const decided = JSON.stringify({ ...decision, ...resultFields(transition) });
    const [row] = await run<EntryRow>(intervene, [decided, sender]);
    return row ? { kind: 'written', entry: entryOfRow(row) } : { kind: 'changed' };
  };
}
