import {
  type EventReaders,
  type HeldReader,
  mostReaderLines,
  type ReaderReport,
  type ReaderSettings,
} from '../event-readers.js';
import type { SchemaNames } from './migrations/schema-names.js';
import type { PostgresDatabase } from './postgres-database.js';
import { statement } from './statement.js';

/** Prepares the readers of events, which all processes share. */
export function prepareEventReaders({ schema }: SchemaNames, database: PostgresDatabase): EventReaders {
  const hold = statement(`
    INSERT INTO ${schema}.event_readers AS r (name, fence, worker, lease_until)
    VALUES ($1, 1, $2, ${schema}.clock() + ceil($3::double precision)::bigint)
    ON CONFLICT (name) DO UPDATE SET fence = r.fence + 1, worker = excluded.worker, lease_until = excluded.lease_until
    WHERE r.lease_until IS NULL OR r.lease_until <= ${schema}.clock()
    RETURNING r.fence::double precision, r.state, r.request`);
  const write = statement(`
    WITH written AS (
      UPDATE ${schema}.event_readers AS r SET
        state = $3,
        request = CASE WHEN r.request = $5 THEN NULL ELSE r.request END,
        lease_until = CASE WHEN $6::double precision > 0 THEN ${schema}.clock() + ceil($6::double precision)::bigint END
      WHERE r.name = $1 AND r.fence = $2::bigint
      RETURNING r.request
    ), last AS MATERIALIZED (
      SELECT coalesce(max(number), 0) AS number FROM ${schema}.event_reader_lines WHERE reader = $1
    ), added AS (
      INSERT INTO ${schema}.event_reader_lines (reader, number, line)
      SELECT $1, last.number + given.place, given.line
      FROM written, last, unnest($4::text[]) WITH ORDINALITY AS given (line, place)
    ), trimmed AS (
      DELETE FROM ${schema}.event_reader_lines AS l USING written, last
      WHERE l.reader = $1 AND l.number <= last.number + cardinality($4::text[]) - ${mostReaderLines}
    )
    SELECT request FROM written`);
  const request = statement(`
    INSERT INTO ${schema}.event_readers AS r (name, request, fence) VALUES ($1, $2, 0)
    ON CONFLICT (name) DO UPDATE SET request = excluded.request WHERE r.request IS NOT DISTINCT FROM $3::text
    RETURNING r.name`);
  const state = statement(`SELECT state, request FROM ${schema}.event_readers WHERE name = $1`);
  const lines = statement(
    `SELECT line FROM ${schema}.event_reader_lines WHERE reader = $1 ORDER BY number DESC`,
  );
  const forget = statement(`
    WITH lines AS (DELETE FROM ${schema}.event_reader_lines WHERE reader = $1)
    DELETE FROM ${schema}.event_readers WHERE name = $1`);
  const settings = statement(
    `SELECT version::double precision, settings FROM ${schema}.event_reader_settings WHERE merchant = $1`,
  );
  const versions = statement(
    `SELECT merchant, version::double precision FROM ${schema}.event_reader_settings`,
  );
  const writeSettings = statement(`
    INSERT INTO ${schema}.event_reader_settings AS s (merchant, version, settings) VALUES ($1, $2::bigint + 1, $3)
    ON CONFLICT (merchant) DO UPDATE SET version = s.version + 1, settings = excluded.settings
    WHERE s.version = $2::bigint
    RETURNING s.merchant`);

  return {
    async hold({ name, worker, leaseMs }) {
      const [held] = await database.run<HeldReader>(hold, [name, worker, leaseMs]);
      return held ?? null;
    },
    async write(progress) {
      const { name, fence, lines: added, answered, leaseMs } = progress;
      const values = [name, fence, progress.state, added, answered, leaseMs];
      const [written] = await database.run<Pick<HeldReader, 'request'>>(write, values);
      return written ?? 'lease-lost';
    },
    async request({ name, request: left, replaces }) {
      return (await database.run(request, [name, left, replaces])).length > 0;
    },
    async report(name) {
      const [reader] = await database.read<Omit<ReaderReport, 'lines'>>(state, [name]);
      const read = await database.read<{ line: string }>(lines, [name]);
      const { state: known = null, request: left = null } = reader ?? {};
      return { state: known, request: left, lines: read.map(({ line }) => line) };
    },
    async forget(name) {
      await database.run(forget, [name]);
    },
    async settings(merchant) {
      const [row] = await database.read<Omit<ReaderSettings, 'merchant'>>(settings, [merchant]);
      return { merchant, ...(row ?? { version: 0, settings: null }) };
    },
    async settingsVersions() {
      const rows = await database.read<Pick<ReaderSettings, 'merchant' | 'version'>>(versions);
      return new Map(rows.map(({ merchant, version }) => [merchant, version]));
    },
    async writeSettings({ merchant, version, settings: text }) {
      return (await database.run(writeSettings, [merchant, version, text])).length > 0;
    },
  };
}
