import { heldDetails, movedDetails } from '../../journal/details.js';
import { type EntryRow, entryOfRow } from '../entry-row.js';
import type {
  DeclaredRestore,
  Intervention,
  InterventionOutcome,
  RestoreWindow,
} from '../intervention-store.js';
import type { HoldOutcome, HoldQuery } from '../ledger-store.js';
import { checkRestoreWindow, declaredRestoreOf, type RestoresRow } from '../restore-guard.js';
import type { SchemaNames } from './migrations/schema-names.js';
import type { PostgresDatabase, RunStatement } from './postgres-database.js';
import type { ServerTimeline } from './server-timeline.js';
import { resultFields, statement } from './statement.js';

/** Prepares the call that writes what a person decided. */
export function prepareIntervene({ schema }: SchemaNames, run: RunStatement, sender: string) {
  const intervene = statement(`SELECT * FROM ${schema}.intervene($1, $2)`);

  return async ({ transition, ...decision }: Intervention): Promise<InterventionOutcome> => {
    const decided = JSON.stringify({ ...decision, ...resultFields(transition) });
    const rows = await run<EntryRow>(intervene, [decided, sender]);
    const acted = rows.find(({ id }) => id === decision.id);
    if (!acted) return { kind: 'changed' };
    // The entry itself may be held from now on: then its journal has one more row than the intervention's.
    const held = rows.filter((row) => row !== acted || row.version > decision.version + 1).map(entryOfRow);
    return { kind: 'written', entry: entryOfRow(acted), ...(held.length > 0 && { held }) };
  };
}

/**
 * Prepares the call that moves or holds what is due for an account which nobody delivers to, unless the
 * ledger has gone back in time: what was never sent is then not known.
 */
export function prepareHoldAccount({ schema }: SchemaNames, run: RunStatement, timeline: ServerTimeline) {
  const hold = statement(
    `SELECT * FROM ${schema}.hold_account(${schema}.on_known_timeline($1, $11), $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
  );

  return async (query: HoldQuery): Promise<HoldOutcome> => {
    const { provider, account, merchant, moveTo, moves, reason, dueForMs, limit } = query;
    const parameters = [
      provider,
      account,
      merchant,
      moveTo,
      moves === 'all',
      JSON.stringify(reason),
      dueForMs,
      limit,
      moveTo === null ? null : movedDetails(moveTo),
      heldDetails(reason.code),
    ];
    const [outcome] = await timeline.follow(() =>
      run<{ moved: number; held: number }>(hold, [...parameters, timeline.seenPosition]),
    );
    return outcome ?? { moved: 0, held: 0 };
  };
}

/** Prepares the declaration of the time that a restored ledger may have lost. */
export function prepareDeclareRestored({ schema }: SchemaNames, database: PostgresDatabase) {
  const declare = `SELECT ${schema}.declare_restored($1, $2)`;

  return async (window: RestoreWindow): Promise<void> => {
    checkRestoreWindow(window);
    await database.transaction((run) =>
      run({ text: declare }, [window.since.getTime(), window.until.getTime()]),
    );
  };
}

/** Prepares the read of what was declared. */
export function prepareRestored({ schema }: SchemaNames, read: RunStatement) {
  const restored = statement(`
    SELECT declared_at::double precision, since::double precision, until::double precision FROM ${schema}.restored`);

  return async (): Promise<DeclaredRestore | null> => {
    const [row] = await read<RestoresRow>(restored);
    return declaredRestoreOf(row);
  };
}
