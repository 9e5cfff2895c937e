import type { DatabaseSync } from 'node:sqlite';
import { type BlockRow, hashBlock, readBlockRows, writeBlockRows } from '../../journal/journal-block.js';
import { hashJournalRow, type JournalFact, type JournalRow, type Seal } from '../../journal/journal-row.js';
import { prepareQuery, type Query } from './query.js';
import { storedId } from './stored-columns.js';

/** The entry's row before a new one: its hash, and the block that it is in. */
export interface RowBefore {
  readonly hash: string;
  readonly block: number;
}

/** The block that the next rows follow. */
interface LastBlock {
  readonly number: number;
  readonly lastPosition: number;
  readonly hash: string | null;
}

/** Gathers the journal rows of a transaction, and writes them at its end as one block. */
export class JournalBlocks {
  readonly #readLast: Query<LastBlock>;
  readonly #append: Query<never>;
  #last: LastBlock | null = null;
  #rows: BlockRow[] = [];

  constructor(database: DatabaseSync) {
    // A number is never given twice: blocks that were cut off at the end are missed.
    this.#readLast = prepareQuery(
      database,
      `SELECT max(number, coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'journal'), 0)) AS number,
         first_position + rows - 1 AS lastPosition, lower(hex(hash)) AS hash
       FROM journal ORDER BY journal.number DESC LIMIT 1`,
    );
    this.#append = prepareQuery(
      database,
      `INSERT INTO journal (number, at, first_position, rows, facts, hash)
       VALUES (:number, :at, :firstPosition, :rows, :facts, unhex(:hash))`,
    );
  }

  /** Adds a row to the block; returns what the entry's next row follows. */
  add(fact: JournalFact, before: RowBefore | null): RowBefore {
    const { number, lastPosition } = this.#lastBlock();
    const hash = hashJournalRow(fact, before?.hash ?? null);
    const position = lastPosition + this.#rows.length + 1;
    this.#rows.push({ ...fact, position, hash, previousBlock: before?.block ?? null });
    return { hash, block: number + 1 };
  }

  /** Writes the block, within the transaction that its rows are of. */
  write(): void {
    const [first] = this.#rows;
    if (!first) return;
    const { number, hash: previous } = this.#lastBlock();
    const block = {
      number: number + 1,
      at: first.at.getTime(),
      firstPosition: first.position,
      rows: this.#rows.length,
      facts: writeBlockRows(this.#rows),
    };
    this.#append.run({ ...block, hash: hashBlock(block, previous) });
    this.forget();
  }

  /** Forgets the block: it was written, or rolled back. */
  forget(): void {
    this.#last = null;
    this.#rows = [];
  }

  #lastBlock(): LastBlock {
    this.#last ??= this.#readLast.one() ?? { number: 0, lastPosition: 0, hash: null };
    return this.#last;
  }
}

/** Prepares the read of an entry's journal: from block to block backwards, oldest row first. */
export function prepareJournal(database: DatabaseSync): (id: string) => JournalRow[] {
  const lastBlock = prepareQuery<{ block: number }>(
    database,
    'SELECT block FROM entries JOIN deliveries USING (sequence) WHERE id = :id',
  );
  const factsOf = prepareQuery<{ facts: string }>(
    database,
    'SELECT facts FROM journal WHERE number = :number',
  );

  function rowsIn(number: number, entryId: string): readonly BlockRow[] {
    const facts = factsOf.one({ number })?.facts ?? '';
    return readBlockRows(facts)?.filter((row) => row.entryId === entryId) ?? [];
  }

  return (id) => {
    let journal: BlockRow[] = [];
    let number = lastBlock.one({ id: storedId(id) })?.block ?? null;
    while (number !== null) {
      const rows = rowsIn(number, id);
      journal = [...rows, ...journal];
      const before: number | null = rows[0]?.previousBlock ?? null;
      // Blocks follow each other; what says otherwise was not written by the ledger.
      number = before !== null && before < number ? before : null;
    }
    return journal.map(({ previousBlock: _, ...row }) => row);
  };
}

/** Prepares the read of the newest block as the seal of its rows; `null` if it was read before. */
export function prepareNewestSeal(database: DatabaseSync): () => Seal | null {
  const newest = prepareQuery<Seal>(
    database,
    `SELECT number, first_position AS firstPosition, first_position + rows - 1 AS lastPosition, rows, lower(hex(hash)) AS hash
     FROM journal ORDER BY number DESC LIMIT 1`,
  );
  let returned = 0;
  return () => {
    const seal = newest.one() ?? null;
    if (seal === null || seal.number <= returned) return null;
    returned = seal.number;
    return seal;
  };
}
