import { setTimeout as delay } from 'node:timers/promises';
import { hashSeal } from '../../journal/hash-seal.js';
import type { Seal } from '../../journal/journal-row.js';
import type { PostgresDatabase, RunStatement } from './postgres-database.js';
import type { SchemaNames } from './schema/schema-names.js';
import { statement } from './statement.js';

/** Most rows in one seal: what is held in memory at once. */
const largestBlock = 50_000;

/** How long to wait for transactions that may yet write a row of the block. */
const defaultPatienceMs = 2_000;
const lookEveryMs = 5;

type PreviousSeal = Pick<Seal, 'number' | 'lastPosition' | 'hash'>;
const beforeTheFirst = { number: 0, lastPosition: 0, hash: null } as const;

/**
 * Prepares the write of seals over the journal rows that no seal covers yet; it answers the last of them.
 *
 * A row's position is drawn before its transaction commits, so rows appear out of order, and a block may only reach to a
 * position below which nothing can appear any more. Whoever draws a position holds a lock on the journal's table, from before
 * the draw until the commit can be seen. So: first note the last position that was drawn, then who holds such a lock; once
 * those have all let go, each position up to the noted one has its row, or never will. Writers never wait for this. While a
 * caller keeps a transaction open in which an entry was accepted, there are no new seals.
 */
export function prepareSeal(names: SchemaNames, database: PostgresDatabase, patienceMs = defaultPatienceMs) {
  const { name, schema } = names;
  const takeTurn = statement(
    "SELECT pg_try_advisory_xact_lock(hashtextextended('fiscalkit seals ' || $1, 0)) AS taken",
  );

  return (): Promise<Seal | null> =>
    database.transaction(async (run) => {
      const [turn] = await run<{ taken: boolean }>(takeTurn, [name]);
      if (!turn?.taken) return null;
      const lastPosition = await completePosition(names, run, patienceMs);
      return lastPosition === null ? null : sealUpTo(schema, run, lastPosition);
    });
}

/** The last position that was drawn, once no row up to it can appear any more; `null` when that takes too long. */
async function completePosition(
  { schema }: SchemaNames,
  run: RunStatement,
  patienceMs: number,
): Promise<number | null> {
  const drawn = statement(`SELECT last_value::double precision AS position FROM ${schema}.journal_positions`);
  const writers = statement(`
    SELECT coalesce(array_agg(virtualtransaction), '{}') AS writers FROM pg_locks
    WHERE locktype = 'relation' AND relation = '${schema}.journal'::regclass AND mode = 'RowExclusiveLock'
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`);

  const [last] = await run<{ position: number }>(drawn);
  const writing = async () => (await run<{ writers: string[] }>(writers))[0]?.writers ?? [];
  let suspects = await writing();
  for (let waitedMs = 0; suspects.length > 0 && waitedMs < patienceMs; waitedMs += lookEveryMs) {
    await delay(lookEveryMs);
    const still = new Set(await writing());
    suspects = suspects.filter((writer) => still.has(writer));
  }
  return suspects.length === 0 ? (last?.position ?? 0) : null;
}

async function sealUpTo(schema: string, run: RunStatement, lastPosition: number): Promise<Seal | null> {
  const newest = statement(`
    SELECT number::double precision, last_position::double precision AS "lastPosition", hash
    FROM ${schema}.seals ORDER BY seals.number DESC LIMIT 1`);
  const block = statement(`
    SELECT position::double precision, hash FROM ${schema}.journal
    WHERE journal.position > $1 AND journal.position <= $2 ORDER BY journal.position LIMIT ${largestBlock}`);
  const addSeal = statement(`INSERT INTO ${schema}.seals VALUES ($1, $2, $3, $4, $5)`);

  let previous: PreviousSeal | typeof beforeTheFirst = (await run<PreviousSeal>(newest))[0] ?? beforeTheFirst;
  for (let sealed: Seal | null = null; ; ) {
    const rows = await run<{ position: number; hash: string }>(block, [previous.lastPosition, lastPosition]);
    const [first, last] = [rows.at(0), rows.at(-1)];
    if (!first || !last) return sealed;
    sealed = {
      number: previous.number + 1,
      firstPosition: first.position,
      lastPosition: last.position,
      rows: rows.length,
      hash: hashSeal(previous.hash, rows),
    };
    await run(addSeal, [sealed.number, sealed.firstPosition, sealed.lastPosition, sealed.rows, sealed.hash]);
    previous = sealed;
  }
}
