import type { DatabaseSync } from 'node:sqlite';
import { hashSeal } from '../../journal/hash-seal.js';
import type { Seal } from '../../journal/journal-row.js';
import { prepareQuery } from './query.js';

interface SealRow {
  readonly number: number;
  readonly last_position: number;
  readonly hash: string;
}

/** Prepares the write that seals the journal rows after the last seal. */
export function prepareSeal(database: DatabaseSync) {
  const lastSeal = prepareQuery<SealRow>(
    database,
    'SELECT number, last_position, hash FROM seals ORDER BY number DESC LIMIT 1',
  );
  const block = prepareQuery<{ position: number; hash: string }>(
    database,
    'SELECT position, hash FROM journal WHERE position > :after ORDER BY position',
  );
  const extent = prepareQuery<{ first: number | null; last: number | null; rows: number }>(
    database,
    'SELECT min(position) AS first, max(position) AS last, count(*) AS rows FROM journal WHERE position > :after',
  );
  const addSeal = prepareQuery(
    database,
    'INSERT INTO seals VALUES (:number, :firstPosition, :lastPosition, :rows, :hash)',
  );

  return (): Seal | null => {
    const previous = lastSeal.one();
    const after = previous?.last_position ?? 0;
    const { first = null, last = null, rows = 0 } = extent.one({ after }) ?? {};
    if (first === null || last === null) return null;
    const seal: Seal = {
      number: (previous?.number ?? 0) + 1,
      firstPosition: first,
      lastPosition: last,
      rows,
      hash: hashSeal(previous?.hash ?? null, block.each({ after })),
    };
    addSeal.run({ ...seal });
    return seal;
  };
}
