import type { DatabaseSync } from 'node:sqlite';
import {
  type EventReaders,
  type HeldReader,
  type HoldQuery,
  mostReaderLines,
  type ReaderProgress,
  type ReaderReport,
} from '../event-readers.js';
import { prepareQuery } from './query.js';
import type { Engine } from './sqlite-engine.js';

/** Prepares the writes of readers of events. */
export function prepareEventReaderWrites(database: DatabaseSync) {
  const hold = prepareQuery<HeldReader>(
    database,
    `INSERT INTO event_readers (name, fence, worker, lease_until) VALUES (:name, 1, :worker, :leaseUntil)
     ON CONFLICT (name) DO UPDATE SET fence = fence + 1, worker = :worker, lease_until = :leaseUntil
     WHERE lease_until IS NULL OR lease_until <= :now
     RETURNING fence, state, request`,
  );
  const write = prepareQuery<Pick<HeldReader, 'request'>>(
    database,
    `UPDATE event_readers SET state = :state, request = iif(request = :answered, NULL, request),
       lease_until = iif(:leaseMs > 0, :now + :leaseMs, NULL)
     WHERE name = :name AND fence = :fence RETURNING request`,
  );
  const addLine = prepareQuery(
    database,
    `INSERT INTO event_reader_lines VALUES (:name, (
       SELECT coalesce(max(number), 0) + 1 FROM event_reader_lines WHERE reader = :name
     ), :line)`,
  );
  const trim = prepareQuery(
    database,
    `DELETE FROM event_reader_lines WHERE reader = :name AND number <= (
       SELECT max(number) FROM event_reader_lines WHERE reader = :name
     ) - ${mostReaderLines}`,
  );
  const request = prepareQuery(
    database,
    `INSERT INTO event_readers (name, request, fence) VALUES (:name, :request, 0)
     ON CONFLICT (name) DO UPDATE SET request = :request`,
  );

  return {
    holdReader: ({ name, worker, leaseMs }: HoldQuery, now: number): HeldReader | null =>
      hold.one({ name, worker, now, leaseUntil: now + Math.ceil(leaseMs) }) ?? null,
    writeReader(
      { lines, ...progress }: ReaderProgress,
      now: number,
    ): Pick<HeldReader, 'request'> | 'lease-lost' {
      const { name } = progress;
      const written = write.one({ ...progress, now });
      if (!written) return 'lease-lost';
      for (const line of lines) addLine.run({ name, line });
      if (lines.length > 0) trim.run({ name });
      return written;
    },
    requestOfReader(given: { readonly name: string; readonly request: string }, _now: number): void {
      request.run(given);
    },
  };
}

/** Prepares the read of a reader of events. */
export function prepareReaderReport(database: DatabaseSync) {
  const state = prepareQuery<Omit<ReaderReport, 'lines'>>(
    database,
    'SELECT state, request FROM event_readers WHERE name = :name',
  );
  const lines = prepareQuery<{ line: string }>(
    database,
    'SELECT line FROM event_reader_lines WHERE reader = :name ORDER BY number DESC',
  );
  return (name: string): ReaderReport => ({
    ...(state.one({ name }) ?? { state: null, request: null }),
    lines: lines.all({ name }).map(({ line }) => line),
  });
}

/** Returns the readers of events of a ledger. */
export function sqliteEventReaders(engine: Engine): EventReaders {
  return {
    hold: (query) => engine.run('holdReader', query),
    write: (progress) => engine.run('writeReader', progress),
    request: (name, request) => engine.run('requestOfReader', { name, request }),
    report: (name) => engine.run('readerReport', name),
  };
}
