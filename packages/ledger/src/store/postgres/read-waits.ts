import type { BacklogName, Wait } from '../ledger-store.js';
import type { RunStatement } from './postgres-database.js';
import type { SchemaNames } from './schema/schema-names.js';
import { statement } from './statement.js';

/** Prepares the read of when entries are due. */
export function prepareWaiting({ schema }: SchemaNames, read: RunStatement) {
  const columns = `account, merchant, greatest(0, ceil(
    ${schema}.milliseconds(due_at) - ${schema}.milliseconds(${schema}.clock())
  )) AS due_in_ms`;
  const all = statement(`SELECT ${columns} FROM ${schema}.waiting($1)`);
  const some = statement(`SELECT ${columns} FROM ${schema}.waiting_for($1, $2, $3)`);

  return async (provider: string, names?: readonly BacklogName[]): Promise<Wait[]> => {
    const rows = await (names
      ? read<WaitRow>(some, [
          provider,
          names.map(({ account }) => account),
          names.map(({ merchant }) => merchant),
        ])
      : read<WaitRow>(all, [provider]));
    return rows.map(({ account, merchant, due_in_ms: dueInMs }) => ({ account, merchant, dueInMs }));
  };
}

type WaitRow = BacklogName & { readonly due_in_ms: number };
