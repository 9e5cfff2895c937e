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
    const rows = await run<EntryRow>(intervene, [decided, sender]);
    const acted = rows.find(({ id }) => id === decision.id);
    if (!acted) return { kind: 'changed' };
    // What the person acted on may be held itself from now on: then it has one more row in its journal than the act.
    const held = rows.filter((row) => row !== acted || row.version > decision.version + 1).map(entryOfRow);
    return { kind: 'written', entry: entryOfRow(acted), ...(held.length > 0 && { held }) };
  };
}
