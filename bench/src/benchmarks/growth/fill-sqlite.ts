import { randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { createSqliteStore } from '@fiscalkit/ledger';
import { dayMs, type FinishedReceipt, merchants, periodDays } from './ledger-under-test.js';
import { addTemplate } from './operations.js';

/** Time at which the n-th of the copies was accepted. */
const acceptedAt = 'CAST(template.accepted_at - (:size - n) * :stepMs AS INTEGER)';

/** Returns the number of a name that stands in many rows. */
const numberOf = (name: string) => `(SELECT number FROM names WHERE name = ${name})`;
const merchantOf = "'merchant-' || (n / 10 % 10)";

/**
 * Columns of the n-th entry that differ from the template; ten in a row are of one merchant, the last a
 * refund.
 */
const entryColumns: Readonly<Record<string, string>> = {
  sequence: 'template.sequence + n',
  // A UUID of version 7, as the ledger makes them.
  id: `unhex(printf('%08x%04x7', ${acceptedAt} >> 16, ${acceptedAt} & 0xffff) || substr(hex(randomblob(10)), 1, 19))`,
  merchant: numberOf(merchantOf),
  key: 'randomblob(16)',
  idempotency_key: `'key:' || uuid()`,
  content_digest: 'randomblob(32)',
  ordering_key: `'receipt:freedompay:' || (n / 10 % 10) || ':' || (n - (n % 10 = 9))`,
  payment_id: 'n - (n % 10 = 9)',
  total_minor: '100 + n % 5000',
  operation_type: `iif(n % 10 = 9, 'sell_refund', 'sell')`,
  depends_on: `iif(n % 10 = 9, 'sell', NULL)`,
  accepted_at: acceptedAt,
};

const blocksBefore = '(entries.sequence - 1) * (SELECT count(*) FROM template_journal)';

const deliveryColumns: Readonly<Record<string, string>> = {
  sequence: 'entries.sequence',
  merchant: 'entries.merchant',
  queue: 'entries.sequence',
  accepted_at: 'entries.accepted_at',
  changed_at: 'entries.accepted_at + 1000',
  provider_document_id: 'uuid()',
  block: `template.block + ${blocksBefore}`,
};

/** Each has numbers of its own; the attribute has ten digits. */
const registrationColumns: Readonly<Record<string, string>> = {
  sequence: 'entries.sequence',
  registration: `replace(replace(template.registration, '17042', entries.sequence), '1404381522', 1000000000 + entries.sequence)`,
};

const idOf = (sequence: string) => `(SELECT id FROM entry_rows WHERE entry_rows.sequence = ${sequence})`;

const journalColumns: Readonly<Record<string, string>> = {
  number: `template.number + ${blocksBefore}`,
  first_position: `template.first_position + ${blocksBefore}`,
  at: 'entries.accepted_at',
  facts: `replace(template.facts, ${idOf('1')}, ${idOf('entries.sequence')})`,
};

/** Copies of one statement: a user who stops the program waits no longer than for these. */
const atOnce = 50_000;

/** Makes a ledger with so many finished receipts, of ten merchants or of one, and returns some of them. */
export async function fillSqlite(path: string, size: number, merchant?: string): Promise<FinishedReceipt[]> {
  const store = createSqliteStore({ path });
  await addTemplate(store);
  await store.close();
  const database = new DatabaseSync(path);
  database.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000');
  for (const table of ['entries', 'deliveries', 'registrations', 'journal']) {
    database.exec(`CREATE TEMP TABLE template_${table} AS SELECT * FROM ${table}`);
  }
  const names = merchant === undefined ? merchants : [merchant];
  const addName = database.prepare('INSERT OR IGNORE INTO names (name) VALUES (?)');
  for (const name of names) addName.run(name);
  database.function('uuid', () => randomUUID());
  const columns =
    merchant === undefined ? entryColumns : { ...entryColumns, merchant: numberOf(`'${merchant}'`) };
  const copyEntries = database.prepare(
    // Numbers come bound as REAL, and what is made of them would read '1.0'.
    `WITH RECURSIVE numbers(n) AS (SELECT CAST(:first AS INTEGER) UNION ALL SELECT n + 1 FROM numbers WHERE n < :last)
     INSERT INTO entries ${copied(database, 'entries', columns)} FROM numbers, template_entries AS template`,
  );
  const ofEntries = {
    deliveries: deliveryColumns,
    registrations: registrationColumns,
    journal: journalColumns,
  };
  const copies = Object.entries(ofEntries).map(([table, others]) =>
    database.prepare(
      `INSERT INTO ${table} ${copied(database, table, others)}
       FROM entries CROSS JOIN template_${table} AS template WHERE entries.sequence > :first`,
    ),
  );
  const stepMs = Math.floor((periodDays * dayMs) / size);
  for (let first = 1; first <= size; first += atOnce) {
    copyEntries.run({ first, last: Math.min(first + atOnce - 1, size), size, stepMs });
    for (const copy of copies) copy.run({ first });
    await setImmediate();
  }
  const finished = someReceipts(database, Math.ceil(size / 1000));
  database.close();
  return finished;
}

/** Returns the columns of the table with the source of each: the template, unless another is given. */
function copied(database: DatabaseSync, table: string, others: Readonly<Record<string, string>>): string {
  const names = database
    .prepare('SELECT name FROM pragma_table_info(:table)')
    .all({ table })
    .map(({ name }) => String(name));
  return `(${names.join(', ')}) SELECT ${names.map((name) => others[name] ?? `template.${name}`).join(', ')}`;
}

function someReceipts(database: DatabaseSync, step: number): FinishedReceipt[] {
  return database
    .prepare('SELECT merchant, id FROM entry_rows WHERE sequence % :step = 0 ORDER BY random()')
    .all({ step })
    .map(({ merchant, id }) => ({ merchant: String(merchant), id: String(id) }));
}
