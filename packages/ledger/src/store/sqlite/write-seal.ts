import type { DatabaseSync } from 'node:sqlite';
import type { SealedRow } from '../../journal/block-manifest.js';
import type { Seal } from '../../journal/journal-row.js';
import { largestBlock, makeSeal, type PreviousSeal } from '../../journal/seal.js';
import { prepareQuery } from './query.js';

/** Prepares the write of seals over the journal rows after the last seal; returns the last of them. */
export function prepareSeal(database: DatabaseSync) {
  const lastSeal = prepareQuery<PreviousSeal>(
    database,
    'SELECT number, last_position AS lastPosition, hash FROM seals ORDER BY number DESC LIMIT 1',
  );
  const block = prepareQuery<SealedRow>(
    database,
    `SELECT position, entry_id AS entryId, version, hash FROM journal
     WHERE position > :after ORDER BY position LIMIT ${largestBlock}`,
  );
  const addSeal = prepareQuery(
    database,
    `INSERT INTO seals (number, first_position, last_position, rows, hash, outline)
     VALUES (:number, :firstPosition, :lastPosition, :rows, :hash, :manifest)`,
  );

  return (): Seal | null => {
    let previous = lastSeal.one() ?? null;
    for (let sealed: Seal | null = null; ; ) {
      const seal = makeSeal(previous, block.all({ after: previous?.lastPosition ?? 0 }));
      if (!seal) return sealed;
      addSeal.run({ ...seal });
      const { manifest: _manifest, ...answered } = seal;
      previous = sealed = answered;
    }
  };
}
