import type { Client, QueryResultRow } from 'pg';
import type { SealedRow } from '../../journal/block-manifest.js';
import type { StoredSeal } from '../../journal/seal.js';
import type { EntryRow } from '../../store/entry-row.js';
import type { JournalTableRow } from '../../store/journal-table-row.js';
import { asLedgerError } from '../../store/postgres/errors.js';
import type { SchemaNames } from '../../store/postgres/migrations/schema-names.js';
import type { RunStatement } from '../../store/postgres/postgres-database.js';
import { holdsUniqueKeys } from '../entry-differences.js';
import type { AuditedEntries, AuditedEntry, AuditedSeals, AuditMarks } from '../source.js';
import { auditStatements } from './audit-statements.js';

type Keyed<Row> = Row & { readonly key: string };

type JoinedEntryRow = Keyed<EntryRow> & {
  readonly deliveryAgrees: boolean | null;
  readonly numbersAgree: boolean | null;
  readonly heldKeys: string;
};

const largestInteger = 2 ** 31 - 1;

/** A PostgreSQL ledger under audit: one read transaction, open until it is closed. */
export class PostgresAudit implements AuditedEntries, AuditedSeals {
  /** A transaction that rolls back leaves its positions unused. */
  readonly contiguous = false;
  readonly #snapshot: Snapshot;
  readonly #names: SchemaNames;
  readonly #statements: ReturnType<typeof auditStatements>;

  constructor(snapshot: Snapshot, names: SchemaNames) {
    this.#snapshot = snapshot;
    this.#names = names;
    this.#statements = auditStatements(names.schema);
  }

  async damages(): Promise<readonly string[]> {
    return [];
  }

  async missingGuards(): Promise<readonly string[]> {
    const found = await this.#snapshot.read<{ table: string }>(this.#statements.guards, [this.#names.name]);
    const guarded = new Set(found.map(({ table }) => table));
    return ['journal', 'seals']
      .filter((table) => !guarded.has(table))
      .map((table) => `append_only of ${table}`);
  }

  async marks(): Promise<AuditMarks> {
    const [marks] = await this.#snapshot.read<AuditMarks>(this.#statements.marks);
    return marks ?? { lastPosition: 0, lastSequence: 0, lastSeal: 0, finished: 0 };
  }

  seals(): AsyncIterable<readonly StoredSeal[]> {
    return this.#snapshot.pages<Keyed<StoredSeal>>(this.#statements.seals);
  }

  rows(): AsyncIterable<readonly SealedRow[]> {
    return this.#snapshot.pages<Keyed<SealedRow>>(this.#statements.rows);
  }

  async *entries(): AsyncIterable<readonly AuditedEntry[]> {
    const { entries, journal } = this.#statements;
    for await (const page of this.#snapshot.pages<JoinedEntryRow>(entries)) {
      const rows = await this.#snapshot.read<JournalTableRow>(journal, [page.map(({ id }) => id)]);
      const byEntry = Map.groupBy(rows, ({ entry_id }) => entry_id);
      yield page.map((row) => ({
        row,
        journal: byEntry.get(row.id) ?? [],
        disagreeing: disagreeing(row),
      }));
    }
  }

  orphans(): AsyncIterable<readonly JournalTableRow[]> {
    return this.#snapshot.pages<Keyed<JournalTableRow>>(this.#statements.orphans);
  }

  async row(entryId: string, version: number): Promise<JournalTableRow | null> {
    // The database can't hold them, and would refuse to look for them.
    if (!Number.isInteger(version) || Math.abs(version) > largestInteger || entryId.includes('\0'))
      return null;
    const [row] = await this.#snapshot.read<JournalTableRow>(this.#statements.row, [entryId, version]);
    return row ?? null;
  }

  async hasEntry(entryId: string): Promise<boolean> {
    if (entryId.includes('\0')) return false;
    return (await this.#snapshot.read(this.#statements.entry, [entryId])).length > 0;
  }

  close(): Promise<void> {
    return this.#snapshot.close();
  }
}

function disagreeing({ deliveryAgrees, numbersAgree, heldKeys, ...row }: JoinedEntryRow): string[] {
  return [
    ...(deliveryAgrees === true ? [] : ['its row in deliveries']),
    ...(numbersAgree === true ? [] : ['its key and numbers']),
    ...(holdsUniqueKeys(row, JSON.parse(heldKeys)) ? [] : ['its unique keys']),
  ];
}

/** A connection with one read transaction, which sees one moment. */
export class Snapshot {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  readonly read: RunStatement = async <Row extends QueryResultRow>(
    statement: { readonly text: string },
    values: readonly unknown[] = [],
  ) => {
    try {
      const { rows } = await this.#client.query<Row>({ ...statement, values: [...values] });
      return rows;
    } catch (error) {
      throw asLedgerError(error);
    }
  };

  /**
   * Yields page after page: runs a statement with the last key as `$1`, which returns rows in the order of
   * their rising `key`.
   */
  async *pages<Row extends { readonly key: string }>(
    statement: { readonly text: string },
    before = '-9223372036854775808',
  ): AsyncIterable<readonly Row[]> {
    for (let after: string | undefined = before; after !== undefined; ) {
      const rows: readonly Row[] = await this.read<Row>(statement, [after]);
      yield rows;
      after = rows.at(-1)?.key;
    }
  }

  async close(): Promise<void> {
    await this.#client.end().catch(() => {});
  }
}
