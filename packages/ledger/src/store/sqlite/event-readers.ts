import type { DatabaseSync } from 'node:sqlite';
import {
  type EventReaders,
  type HeldReader,
  type HoldQuery,
  mostReaderLines,
  type NewReaderSettings,
  type ReaderProgress,
  type ReaderReport,
  type ReaderRequest,
  type ReaderSettings,
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
  const request = prepareQuery<{ name: string }>(
    database,
    `INSERT INTO event_readers (name, request, fence) VALUES (:name, :request, 0)
     ON CONFLICT (name) DO UPDATE SET request = :request WHERE request IS :replaces
     RETURNING name`,
  );
  const forget = ['event_readers WHERE name', 'event_reader_lines WHERE reader'].map((rows) =>
    prepareQuery(database, `DELETE FROM ${rows} = :name`),
  );
  const settings = prepareQuery<{ version: number }>(
    database,
    `INSERT INTO event_reader_settings (merchant, version, settings) VALUES (:merchant, :version + 1, :settings)
     ON CONFLICT (merchant) DO UPDATE SET version = version + 1, settings = :settings WHERE version = :version
     RETURNING version`,
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
    requestOfReader: (given: ReaderRequest, _now: number): boolean => request.one({ ...given }) !== undefined,
    forgetReader(name: string, _now: number): void {
      for (const rows of forget) rows.run({ name });
    },
    writeReaderSettings: (given: NewReaderSettings, _now: number): boolean =>
      settings.one({ ...given }) !== undefined,
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

/** Prepares the reads of settings of readers. */
export function prepareReaderSettings(database: DatabaseSync) {
  const one = prepareQuery<Omit<ReaderSettings, 'merchant'>>(
    database,
    'SELECT version, settings FROM event_reader_settings WHERE merchant = :merchant',
  );
  const versions = prepareQuery<Pick<ReaderSettings, 'merchant' | 'version'>>(
    database,
    'SELECT merchant, version FROM event_reader_settings',
  );
  return {
    readerSettings: (merchant: string): ReaderSettings => ({
      merchant,
      ...(one.one({ merchant }) ?? { version: 0, settings: null }),
    }),
    readerSettingsVersions: (_: undefined): Pick<ReaderSettings, 'merchant' | 'version'>[] => versions.all(),
  };
}

/** Returns the readers of events of a ledger. */
export function sqliteEventReaders(engine: Engine): EventReaders {
  return {
    hold: (query) => engine.run('holdReader', query),
    write: (progress) => engine.run('writeReader', progress),
    request: (request) => engine.run('requestOfReader', request),
    report: (name) => engine.run('readerReport', name),
    forget: (name) => engine.run('forgetReader', name),
    settings: (merchant) => engine.run('readerSettings', merchant),
    async settingsVersions() {
      const rows = await engine.run('readerSettingsVersions', undefined);
      return new Map(rows.map(({ merchant, version }) => [merchant, version]));
    },
    writeSettings: (settings) => engine.run('writeReaderSettings', settings),
  };
}
