import { setTimeout as delay } from 'node:timers/promises';
import type { SealedRow } from '../../journal/block-manifest.js';
import type { Seal } from '../../journal/journal-row.js';
import { largestBlock, makeSeal, type PreviousSeal } from '../../journal/seal.js';
import type { SchemaNames } from './migrations/schema-names.js';
import type { PostgresDatabase, RunStatement } from './postgres-database.js';
import { statement } from './statement.js';

/** Longest wait for transactions that may yet write a row of the block, in milliseconds. */
const defaultMaxWaitMs = 2_000;
const pollIntervalMs = 5;

/**
 * Prepares the write of seals over the journal rows that no seal covers yet; it answers the last of them.
 *
 * A row's position is drawn before its transaction commits, so rows appear out of order, and a block may only
 * reach to a position below which nothing can appear any more. Whoever draws a position holds a lock on the
 * journal's table, from before the draw until the commit can be seen. So: first note the last position that
 * was drawn, then who holds such a lock; once those have all let go, each position up to the noted one has
 * its row, or never will. Writers never wait for this. While a caller keeps a transaction open in which an
 * entry was accepted, there are no new seals.
 */
export function prepareSeal(names: SchemaNames, database: PostgresDatabase, maxWaitMs = defaultMaxWaitMs) {
  const { name, schema } = names;
  const takeTurn = statement(
    "SELECT pg_try_advisory_xact_lock(hashtextextended('fiscalkit seals ' || $1, 0)) AS taken",
  );

  return (): Promise<Seal | null> =>
    database.transaction(async (run) => {
      const [turn] = await run<{ taken: boolean }>(takeTurn, [name]);
      if (!turn?.taken) return null;
      const lastPosition = await completePosition(names, run, maxWaitMs);
      return lastPosition === null ? null : sealUpTo(schema, run, lastPosition);
    });
}

/** Returns the last drawn position once no row up to it can appear; `null` when that takes too long. */
async function completePosition(
  { schema }: SchemaNames,
  run: RunStatement,
  maxWaitMs: number,
): Promise<number | null> {
  const drawn = statement(`SELECT last_value::double precision AS position FROM ${schema}.journal_positions`);
  const writers = statement(`
    SELECT coalesce(array_agg(virtualtransaction), '{}') AS writers FROM pg_locks
    WHERE locktype = 'relation' AND relation = '${schema}.journal'::regclass AND mode = 'RowExclusiveLock'
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`);

  const [last] = await run<{ position: number }>(drawn);
  const writing = async () => (await run<{ writers: string[] }>(writers))[0]?.writers ?? [];
  let suspects = await writing();
  for (let waitedMs = 0; suspects.length > 0 && waitedMs < maxWaitMs; waitedMs += pollIntervalMs) {
    await delay(pollIntervalMs);
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
    SELECT position::double precision, entry_id AS "entryId", version, encode(hash, 'hex') AS hash FROM ${schema}.journal
    WHERE journal.position > $1 AND journal.position <= $2 ORDER BY journal.position LIMIT ${largestBlock}`);
  const addSeal = statement(`
    WITH counted AS (UPDATE ${schema}.seal_counter SET seals = $1)
    INSERT INTO ${schema}.seals (number, first_position, last_position, rows, hash, outline)
    VALUES ($1, $2, $3, $4, $5, $6)`);

  let previous: PreviousSeal | null = (await run<PreviousSeal>(newest))[0] ?? null;
  for (let sealed: Seal | null = null; ; ) {
    const rows = await run<SealedRow>(block, [previous?.lastPosition ?? 0, lastPosition]);
    const seal = makeSeal(previous, rows);
    if (!seal) return sealed;
    const { manifest, ...answered } = seal;
    const { number, firstPosition, hash } = answered;
    await run(addSeal, [number, firstPosition, answered.lastPosition, answered.rows, hash, manifest]);
    previous = sealed = answered;
  }
}
