import { describe, expect, it } from 'vitest';
import { claimDue } from '../../store/claim-due.fixture.js';
import { registered } from '../../store/contract/sample-transitions.fixture.js';
import { newEntry } from '../../store/new-entry.fixture.js';
import { usePostgresStores } from '../../store/postgres/postgres-stores.fixture.js';
import { audit } from '../contract/audited-ledger.fixture.js';
import { describeLedgerAudit, describeMissingGuards } from '../contract/ledger-audit.contract.js';
import { fillLedger } from '../contract/sample-ledger.fixture.js';
import { openAuditedPostgresLedger } from './audited-postgres-ledger.fixture.js';
import { openPostgresAudit } from './open-postgres-audit.js';

const stores = usePostgresStores();
const open = () => openAuditedPostgresLedger(stores);

describeLedgerAudit('PostgreSQL', open);

const newFunction = 'CREATE OR REPLACE FUNCTION refuse_to_rewrite() RETURNS trigger LANGUAGE plpgsql';

describeMissingGuards(open, [
  { name: 'dropped', statements: ['DROP TRIGGER append_only ON journal'], guards: 1 },
  { name: 'switched off', statements: ['ALTER TABLE seals DISABLE TRIGGER append_only'], guards: 1 },
  {
    name: 'for replicas alone',
    statements: ['ALTER TABLE journal ENABLE REPLICA TRIGGER append_only'],
    guards: 1,
  },
  {
    name: 'of deletion alone',
    statements: [
      'DROP TRIGGER append_only ON journal',
      'CREATE TRIGGER append_only BEFORE DELETE ON journal EXECUTE FUNCTION refuse_to_rewrite()',
    ],
    guards: 1,
  },
  { name: 'refusing nothing', statements: [`${newFunction} AS 'BEGIN RETURN NULL; END'`], guards: 2 },
]);

describe('a finished entry that vanished whole before it was sealed', () => {
  it('is missed, because finished entries are counted', async () => {
    const ledger = await open();
    const { entry } = await ledger.store.accept(newEntry());
    const [claim] = await claimDue(ledger.store, {
      provider: 'memory',
      limit: 1,
      leaseMs: 60_000,
      worker: 'one',
    });
    await ledger.store.settle({ id: entry.id, fence: claim?.fence ?? 0, transition: registered });
    expect((await audit(ledger)).faults).toEqual([]);
    await ledger.tamper(
      'DELETE FROM journal',
      ...['deliveries', 'entries'].map((table) => `DELETE FROM ${table}`),
    );
    expect((await audit(ledger)).faults).toMatchObject([{ code: 'audit.entry.missing' }]);
    await ledger.close();
  });
});

describe('openPostgresAudit', () => {
  async function codeFor(schema: string, connectionString = stores.server().connectionString) {
    const opened = openPostgresAudit({ connectionString, schema });
    return opened.then(
      (source) => source.close(),
      ({ code }) => code,
    );
  }

  it('says clearly what it cannot audit', async () => {
    expect(await codeFor(stores.newSchema())).toBe('ledger.missing');
    expect(await codeFor('no name')).toBe('ledger.schema');
    expect(await codeFor('any', 'postgres://nobody:wrong@127.0.0.1:1/none')).toBe('ledger.unavailable');
    const ledger = await open();
    await ledger.run('INSERT INTO ledger_versions (version) VALUES (999)');
    expect(await codeFor(ledger.schema)).toBe('ledger.version');
    await ledger.close();
  });

  it('says so of a ledger of before the first release', async () => {
    const schema = stores.newSchema();
    await stores.server().run(`CREATE SCHEMA ${schema}`);
    await stores.server().run(`CREATE TABLE ${schema}.unseen_queues (queue bigint)`);
    expect(await codeFor(schema)).toBe('ledger.unpublished');
  });

  it('needs no more than the right to read', async () => {
    const ledger = await open();
    await fillLedger(ledger.store);
    const reader = `reader_${ledger.schema.slice(-12)}`;
    for (const statement of [
      `CREATE ROLE ${reader} LOGIN PASSWORD 'reader'`,
      `GRANT USAGE ON SCHEMA ${ledger.schema} TO ${reader}`,
      `GRANT SELECT ON ALL TABLES IN SCHEMA ${ledger.schema} TO ${reader}`,
      `GRANT SELECT ON ALL SEQUENCES IN SCHEMA ${ledger.schema} TO ${reader}`,
    ]) {
      await ledger.run(statement);
    }
    const url = new URL(stores.server().connectionString);
    url.username = reader;
    url.password = 'reader';
    const openAudit = () => openPostgresAudit({ connectionString: url.href, schema: ledger.schema });
    expect(await audit({ ...ledger, openAudit })).toMatchObject({ ok: true, entries: 6 });
    await ledger.close();
  });
});
