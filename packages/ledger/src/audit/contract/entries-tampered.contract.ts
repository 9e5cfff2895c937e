import { describe, expect, it } from 'vitest';
import type { Entry } from '../../entry/entry.js';
import type { Transition } from '../../entry/transition.js';
import { claimDue } from '../../store/claim-due.fixture.js';
import { newEntry } from '../../store/new-entry.fixture.js';
import {
  type AuditedLedger,
  about,
  audit,
  itFindsEach,
  type Modification,
  type OpenAuditedLedger,
  useSampleLedger,
} from './audited-ledger.fixture.js';
import type { SampleLedger } from './sample-ledger.fixture.js';

type Assignment = readonly [name: string, assignment: (ledger: AuditedLedger) => string];

const text = (column: string): Assignment => [column, () => `${column} = ${column} || 'x'`];
const within = (
  name: string,
  column: string,
  kind: 'text' | 'json' | 'bytes',
  [from, to]: readonly [string, string],
): Assignment => [name, (ledger) => `${column} = ${ledger.replaced(column, kind, from, to)}`];

const frozen: readonly Assignment[] = [
  text('merchant'),
  text('provider'),
  text('operation'),
  text('idempotency_key'),
  text('content_digest'),
  text('ordering_key'),
  text('payment_id'),
  text('operation_type'),
  text('reference'),
  ['total_minor', () => 'total_minor = total_minor + 1'],
  ['total_minor (to none)', () => 'total_minor = NULL'],
  ['total_minor (beyond all numbers)', () => 'total_minor = 9223372036854775807'],
  ['business_time', (ledger) => `business_time = ${ledger.later('business_time')}`],
  ['accepted_at', (ledger) => `accepted_at = ${ledger.later('accepted_at')}`],
  ['depends_on', () => "depends_on = 'sell'"],
  within('claims', 'claims', 'json', ['one', 'two']),
  within('document', 'document', 'json', ['Tea', 'Pea']),
  within('document (a key twice)', 'document', 'json', ['"positions"', '"payment_id":1,"positions"']),
  within('document (blanks)', 'document', 'json', [',', ', ']),
  within('body', 'body', 'bytes', ['Tea', 'Pea']),
  within('body (blanks)', 'body', 'bytes', [',', ', ']),
];

const delivery: readonly Assignment[] = [
  ['state', () => "state = 'accepted'"],
  ['state (as final)', () => "state = 'rejected'"],
  ['changed_at', (ledger) => `changed_at = ${ledger.later('changed_at')}`],
  ['attempts', () => 'attempts = attempts + 1'],
  ['provider_document_id', () => "provider_document_id = 'document-2'"],
  ['provider_document_id (to none)', () => 'provider_document_id = NULL'],
  ['registration (to none)', () => 'registration = NULL'],
  within('registration', 'registration', 'json', ['example.com', 'example.net']),
  ['reason', () => `reason = '{"code":"provider.rejected","message":"No."}'`],
  ['version (later)', () => 'version = version + 1'],
  ['version (earlier)', () => 'version = version - 1'],
  ['hash', () => "hash = substr(hash, 2) || '0'"],
];

const firstRow = (sample: SampleLedger) => sample.row(sample.plain, 1);
const lastRow = (sample: SampleLedger) => sample.row(sample.plain, 3);

const changed: readonly Modification[] = [
  ...frozen.map(
    ([name, assignment]): Modification => ({
      modification: `${name} changed`,
      statements: ({ plain }, ledger) => [
        `UPDATE entries SET ${assignment(ledger)} WHERE id = '${plain.id}'`,
      ],
      faults: (sample) => [about('audit.entry.changed', firstRow(sample))],
    }),
  ),
  ...delivery.map(
    ([name, assignment]): Modification => ({
      modification: `${name} changed`,
      statements: ({ plain }, ledger) => [
        `UPDATE deliveries SET ${assignment(ledger)} WHERE sequence = ${plain.sequence}`,
      ],
      faults: (sample) => [about('audit.entry.changed', lastRow(sample))],
    }),
  ),
];

const removeEntry = ({ sequence }: Entry) =>
  ['deliveries', 'unique_keys', 'entries'].map(
    (table) => `DELETE FROM ${table} WHERE sequence = ${sequence}`,
  );

const removed: readonly Modification[] = [
  ['removed, with its rows left', 'version < 0'],
  ['that vanished whole', 'version > 0'],
  ['that vanished whole but for one row', 'version <> 3'],
].map(([name, rows]) => ({
  modification: `an entry ${name}`,
  statements: ({ winding }) => [
    `DELETE FROM journal WHERE entry_id = '${winding.id}' AND ${rows}`,
    ...removeEntry(winding),
  ],
  faults: ({ winding, row }) => [about('audit.entry.missing', row(winding, 1))],
  firstAt: ({ winding, row }) => row(winding, 1).position,
}));

const others: readonly Modification[] = [
  {
    modification: 'an entry that was set back to before its result',
    statements: ({ plain, row }) => [
      `UPDATE deliveries SET state = 'sending', registration = NULL, provider_document_id = NULL, version = 2,
         changed_at = (SELECT at FROM journal WHERE position = ${row(plain, 2).position}),
         hash = '${row(plain, 2).hash}' WHERE sequence = ${plain.sequence}`,
    ],
    faults: (sample) => [about('audit.entry.changed', lastRow(sample))],
  },
  {
    modification: 'a wait for a sale that the entry does not depend on',
    statements: ({ plain }) => [`UPDATE deliveries SET awaits = 1 WHERE sequence = ${plain.sequence}`],
    faults: (sample) => [about('audit.entry.changed', firstRow(sample))],
  },
  {
    modification: 'the newest entry that vanished whole, unsealed',
    statements: ({ fresh }) => [`DELETE FROM journal WHERE entry_id = '${fresh.id}'`, ...removeEntry(fresh)],
    // PostgreSQL has the same gaps from transactions that were rolled back.
    faults: ({ fresh, row }, { contiguous }) =>
      contiguous
        ? [{ code: 'audit.row.missing', position: row(fresh, 1).position }, { code: 'audit.entry.missing' }]
        : [],
  },
  {
    modification: 'the journal of an entry removed',
    statements: ({ refused }) => [`DELETE FROM journal WHERE entry_id = '${refused.id}'`],
    faults: ({ refused, row }) =>
      [1, 2, 3].map((version) => about('audit.row.missing', row(refused, version))),
  },
  {
    modification: 'the id of an entry changed',
    statements: ({ winding }) => [`UPDATE entries SET id = 'another' WHERE id = '${winding.id}'`],
    faults: ({ winding, row }) => [
      about('audit.entry.missing', row(winding, 1)),
      ...[1, 2, 3, 4, 5, 6, 7].map(
        (version) => ({ code: 'audit.row.missing', entryId: 'another', version }) as const,
      ),
    ],
  },
  {
    modification: 'a unique key renamed',
    statements: () => ["UPDATE unique_keys SET name = 'link:three' WHERE name = 'link:two'"],
    faults: (sample) => [about('audit.entry.changed', firstRow(sample))],
  },
  {
    modification: 'claims that are no JSON',
    statements: ({ plain }) => [`UPDATE entries SET claims = 'link:one' WHERE id = '${plain.id}'`],
    faults: (sample) => [about('audit.entry.changed', firstRow(sample))],
  },
  {
    modification: 'a claim let go',
    statements: ({ plain }, { contiguous }) => [
      contiguous
        ? `DELETE FROM unique_keys WHERE name = 'link:two'`
        : `DELETE FROM unique_keys WHERE kind = 'claim' AND name = 'link:two' AND sequence = ${plain.sequence}`,
    ],
    faults: (sample) => [about('audit.entry.changed', firstRow(sample))],
  },
];

/** Proves that an entry that is not what its journal says is found. */
export function describeTamperedEntries(open: OpenAuditedLedger): void {
  describe('tampered entries', () => {
    itFindsEach([...changed, ...removed, ...others], open);
  });
}

/** Proves that a request that took the place of the first can not be exchanged unseen. */
export function describeTamperedReissues(open: OpenAuditedLedger): void {
  describe('requests under another reference', () => {
    const setup = useSampleLedger(open);

    /** Gives an entry new references after a document of the provider, and another document after that. */
    async function reissued(): Promise<Entry> {
      const { store } = setup.ledger;
      const { entry } = await store.accept(newEntry({ provider: 'reissuing' }));
      const body = new TextEncoder().encode('{"name":"Tea"}');
      const pending = { to: 'pending', dueInMs: 0, failures: 0 } as const;
      const again = (number: number): Transition => ({
        to: 'accepted',
        dueInMs: 0,
        failures: 0,
        unsent: true,
        reissue: { number, reference: `${entry.id}-${number + 1}`, body },
      });
      const transitions: Transition[] = [
        { ...pending, providerDocumentId: 'burnt' },
        again(1),
        again(2),
        { ...pending, providerDocumentId: 'document-2' },
      ];
      for (const transition of transitions) {
        const query = { provider: 'reissuing', limit: 1, leaseMs: 60_000, worker: 'auditor' };
        const [claim] = await claimDue(store, query);
        if (!claim) throw new Error('the entry is not due');
        await store.settle({ id: entry.id, fence: claim.fence, transition });
      }
      return entry;
    }

    it('are as the journal tells', async () => {
      await reissued();
      expect(await audit(setup.ledger)).toMatchObject({ ok: true, faults: [] });
    });

    it.each([
      ['changed', "UPDATE reissues SET request = replace(request, '-3', '-4') WHERE number = 2"],
      ['gone', 'DELETE FROM reissues WHERE number = 2'],
    ])('are found when they were %s', async (_name, statement) => {
      const { id } = await reissued();
      await setup.ledger.tamper(statement);
      const { faults } = await audit(setup.ledger);
      expect(faults).toMatchObject([{ code: 'audit.entry.changed', entryId: id }]);
    });
  });
}

/** Proves that a held entry that somebody let go behind the store's back is found. */
export function describeTamperedHolds(open: OpenAuditedLedger): void {
  describe('held entries', () => {
    const setup = useSampleLedger(open);

    async function heldRefund(): Promise<Entry> {
      const { orderingKey, facets } = setup.sample.refused;
      const refund = newEntry({ orderingKey, facets: { ...facets, operationType: 'sell_refund' } });
      const { entry } = await setup.ledger.store.accept(refund);
      return entry;
    }

    it('are as the journal tells', async () => {
      expect(await heldRefund()).toMatchObject({ reason: { code: 'sale.rejected' } });
      expect(await audit(setup.ledger)).toMatchObject({ ok: true, faults: [] });
    });

    it.each([
      ['let go', 'awaits = NULL, due_at = changed_at'],
      ['let go, without its reason', 'awaits = NULL, reason = NULL'],
    ])('are found when they were %s', async (_name, assignment) => {
      const { id, sequence } = await heldRefund();
      await setup.ledger.tamper(`UPDATE deliveries SET ${assignment} WHERE sequence = ${sequence}`);
      const { faults } = await audit(setup.ledger);
      expect(faults).toMatchObject([{ code: 'audit.entry.changed', entryId: id, version: 2 }]);
    });
  });
}
