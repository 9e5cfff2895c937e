import type { DatabaseSync } from 'node:sqlite';
import type { FiscalEventKind } from '../../entry/fiscal-event.js';
import { type EventLog, type EventLogQuery, type EventLogRow, eventLogPageOf } from '../event-log.js';
import { numberOfName } from './names.js';
import { prepareQuery } from './query.js';
import type { Reader } from './reader.js';
import type { Engine } from './sqlite-engine.js';

/** Most events that one transaction forgets of one merchant. */
const mostForgotten = 1_000;

/** The position of the last event of a merchant, which an expression names by number. */
function lastEventOf(merchant: string): string {
  return `max(
    coalesce((SELECT max(position) FROM events WHERE merchant = ${merchant}), 0),
    coalesce((SELECT position FROM forgotten_events WHERE merchant = ${merchant}), 0)
  )`;
}

/** What happened to an entry at a version. */
interface HappenedEvent {
  readonly kind: FiscalEventKind;
  readonly sequence: number;
  readonly version: number;
}

/** Prepares the write of an event, where events are written, in the transaction of its cause. */
export function prepareLogEvent(database: DatabaseSync) {
  // Asked first, and apart: see prepareAnnounce.
  const next = prepareQuery<{ merchant: number; position: number }>(
    database,
    `SELECT merchant, ${lastEventOf('deliveries.merchant')} + 1 AS position
     FROM event_log_settings CROSS JOIN deliveries WHERE is_written AND sequence = :sequence`,
  );
  const add = prepareQuery(
    database,
    'INSERT INTO events VALUES (:merchant, :position, :sequence, :version, :now, :kind)',
  );
  return (event: HappenedEvent, now: number): void => {
    const place = next.one({ sequence: event.sequence });
    if (place) add.run({ ...event, ...place, now });
  };
}

/** Prepares the writes of the log of events. */
export function prepareEventLogWrites(database: DatabaseSync) {
  const change = prepareQuery(
    database,
    `UPDATE event_log_settings SET is_written = :written, generation = generation + :written
     WHERE is_written <> :written`,
  );
  const drops = ['events', 'forgotten_events'].map((table) => prepareQuery(database, `DELETE FROM ${table}`));
  const oldOf = prepareQuery<{ position: number; at: number }>(
    database,
    'SELECT position, at FROM events WHERE merchant = :merchant ORDER BY position LIMIT :most',
  );
  const remove = prepareQuery(
    database,
    'DELETE FROM events WHERE merchant = :merchant AND position <= :position',
  );
  const note = prepareQuery(
    database,
    `INSERT INTO forgotten_events VALUES (:merchant, :position)
     ON CONFLICT (merchant) DO UPDATE SET position = excluded.position`,
  );
  const nextMerchant = prepareQuery<{ merchant: number | null }>(
    database,
    'SELECT min(merchant) AS merchant FROM events WHERE merchant > :after',
  );

  function forgetOf(merchant: number, before: number): number {
    const oldest = oldOf.all({ merchant, most: mostForgotten });
    const kept = oldest.findIndex(({ at }) => at >= before);
    const old = kept < 0 ? oldest : oldest.slice(0, kept);
    const position = old.at(-1)?.position;
    if (position === undefined) return 0;
    remove.run({ merchant, position });
    note.run({ merchant, position });
    return old.length;
  }

  return {
    writeEvents(isWritten: boolean, _now: number): void {
      const changed = change.run({ written: isWritten ? 1 : 0 }) > 0;
      if (changed && isWritten) for (const drop of drops) drop.run();
    },
    forgetEvents(olderThanMs: number, now: number): boolean {
      let isMore = false;
      for (let after = -1; ; ) {
        const merchant = nextMerchant.one({ after })?.merchant ?? null;
        if (merchant === null) return isMore;
        isMore = forgetOf(merchant, now - olderThanMs) === mostForgotten || isMore;
        after = merchant;
      }
    },
  };
}

/** Prepares the reads of the log of events. */
export function prepareEventLogReads(database: DatabaseSync) {
  const page = prepareQuery<EventLogRow>(
    database,
    `SELECT settings.is_written, settings.generation, ${lastEventOf(numberOfName('merchant'))} AS last, event.*
     FROM event_log_settings AS settings LEFT JOIN (
       SELECT page.position, page.kind, page.version AS event_version, page.at, entry_rows.id,
         entry_rows.operation, entry_rows.operation_type, entry_rows.payment_id, entry_rows.state,
         entry_rows.registration, entry_rows.reason ->> '$.code' AS reason_code
       FROM (
         SELECT * FROM events WHERE merchant = ${numberOfName('merchant')} AND position >= :from AND at >= :since
         ORDER BY position LIMIT CAST(:limit AS INTEGER)
       ) AS page CROSS JOIN entry_rows ON entry_rows.sequence = page.sequence
     ) AS event ON true
     ORDER BY event.position`,
  );
  return {
    readEvents: ({ since, ...query }: EventLogQuery): EventLogRow[] =>
      page.all({ ...query, since: since?.getTime() ?? 0 }),
  };
}

/** Prepares the read of the last positions of merchants. */
export function prepareLastEvents(database: DatabaseSync) {
  const last = prepareQuery<{ last: number }>(
    database,
    `SELECT ${lastEventOf(numberOfName('merchant'))} AS last`,
  );
  return (merchants: readonly string[]): number[] =>
    merchants.map((merchant) => last.one({ merchant })?.last ?? 0);
}

/** Returns the log of events of a ledger: the only process that writes places each event as it happens. */
export function sqliteEventLog(engine: Engine, reader: Reader): EventLog {
  return {
    write: (isWritten) => engine.run('writeEvents', isWritten),
    place: async () => false,
    read: async (query) => eventLogPageOf(await reader.run('readEvents', query)),
    async last(merchants) {
      const positions = await engine.run('lastEvents', merchants);
      return new Map(merchants.map((merchant, index) => [merchant, positions[index] ?? 0]));
    },
    forget: (olderThanMs) => engine.run('forgetEvents', olderThanMs),
    onPlaced: () => () => {},
  };
}
