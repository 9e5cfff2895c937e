import { readdirSync, readFileSync } from 'node:fs';
import {
  type Entry,
  type LedgerListener,
  type LedgerSignal,
  ledgerMetrics,
  prometheusName,
} from '@fiscalkit/ledger';
import { beforeEach, expect, it } from 'vitest';
import { logLedger } from './logs/log-ledger.js';
import { createLogger } from './logs/logger.js';
import { gatewayMetrics, Metrics } from './metrics/metrics.js';

const acceptedAt = new Date('2026-03-01T10:00:00Z');

/** An entry with a buyer's data, of which nothing may show. */
const entry: Entry = {
  id: 'e1',
  merchant: 'shop',
  provider: 'freedompay',
  account: '542088@https://api.freedompay.uz',
  operation: 'receipt',
  idempotencyKey: 'canary-key',
  contentDigest: 'canary-digest',
  uniqueKeys: [],
  orderingKey: 'canary-ordering',
  facets: { paymentId: 'canary-payment', operationType: 'sell', totalMinor: 100 },
  document: { customer: { email: 'canary@example.com' } },
  request: { operation: 'receipt', reference: 'canary', businessTime: acceptedAt, body: new Uint8Array() },
  sequence: 1,
  state: 'accepted',
  version: 1,
  acceptedAt,
  changedAt: acceptedAt,
  dueAt: null,
  attempts: 0,
  failures: 0,
  firstAttemptAt: null,
  lastAttemptAt: null,
  providerDocumentId: null,
  reissues: 0,
  registration: null,
  reason: null,
};
const because = (code: string) => ({ code, message: 'canary-message' });
const shops = { provider: 'freedompay', account: '9@https://p' };
const seller = { ...shops, merchant: 'shop' };

type SignalOf<Type> = Extract<LedgerSignal, { type: Type }>;
type Case<Signal> = readonly [signal: Omit<Signal, 'type'>, line: string | null];

/** Every signal, and the line that it writes. */
const cases: { readonly [Type in LedgerSignal['type']]: readonly Case<SignalOf<Type>>[] } = {
  accepted: [
    [
      { entry },
      '{"level":"debug","receipt_id":"e1","merchant":"shop","provider":"freedompay","event":"entry.accepted"}',
    ],
  ],
  held: [[{ entry: { ...entry, reason: because('sale.rejected') } }, null]],
  replayed: [
    [
      { entry, hadKey: true },
      '{"level":"debug","receipt_id":"e1","merchant":"shop","provider":"freedompay","event":"entry.replayed"}',
    ],
    [
      { entry, hadKey: false },
      '{"level":"info","receipt_id":"e1","merchant":"shop","provider":"freedompay","event":"entry.replayed"}',
    ],
  ],
  'twin-refused': [
    [
      { entry },
      '{"level":"warn","receipt_id":"e1","merchant":"shop","provider":"freedompay","event":"entry.twin-refused"}',
    ],
  ],
  transition: [
    [
      { entry: { ...entry, state: 'registered' }, from: 'sending' },
      '{"level":"info","receipt_id":"e1","merchant":"shop","provider":"freedompay","from":"sending","to":"registered","event":"entry.changed"}',
    ],
    [
      { entry: { ...entry, state: 'rejected', reason: because('provider.rejected') }, from: 'sending' },
      '{"level":"warn","receipt_id":"e1","merchant":"shop","provider":"freedompay","from":"sending","to":"rejected","code":"provider.rejected","event":"entry.changed"}',
    ],
    [
      { entry: { ...entry, state: 'unknown', reason: because('transport.timeout') }, from: 'sending' },
      '{"level":"warn","receipt_id":"e1","merchant":"shop","provider":"freedompay","from":"sending","to":"unknown","code":"transport.timeout","event":"entry.changed"}',
    ],
    [
      { entry: { ...entry, state: 'unknown', reason: because('transport.timeout') }, from: 'unknown' },
      '{"level":"warn","receipt_id":"e1","merchant":"shop","provider":"freedompay","from":"unknown","to":"unknown","code":"transport.timeout","event":"entry.changed"}',
    ],
    [
      { entry: { ...entry, state: 'pending' }, from: 'pending' },
      '{"level":"info","receipt_id":"e1","merchant":"shop","provider":"freedompay","from":"pending","to":"pending","event":"entry.changed"}',
    ],
    [
      { entry: { ...entry, reason: because('provider.unauthorized') }, from: 'accepted' },
      '{"level":"debug","receipt_id":"e1","merchant":"shop","provider":"freedompay","from":"accepted","to":"accepted","code":"provider.unauthorized","event":"entry.changed"}',
    ],
  ],
  intervention: [
    [
      { entry: { ...entry, state: 'parked' }, action: 'park', by: 'vera', from: 'accepted' },
      '{"level":"warn","receipt_id":"e1","merchant":"shop","provider":"freedompay","action":"park","by":"vera","from":"accepted","to":"parked","event":"entry.intervened"}',
    ],
  ],
  attempt: [
    [
      {
        entryId: 'e1',
        provider: 'freedompay',
        step: 'submit',
        verdict: 'registered',
        reason: null,
        durationMs: 30,
      },
      null,
    ],
  ],
  breaker: [
    [
      { ...shops, state: 'open' },
      '{"level":"warn","provider":"freedompay","state":"open","account":"9@https://p","event":"breaker.changed"}',
    ],
  ],
  key: [
    [
      { ...seller, state: 'refused' },
      '{"level":"warn","provider":"freedompay","account":"9@https://p","merchant":"shop","note":"freedompay refuses the key or the access of merchant shop: its documents wait until that is put right","event":"account.unauthorized"}',
    ],
    [
      { ...seller, state: 'accepted' },
      '{"level":"info","provider":"freedompay","account":"9@https://p","merchant":"shop","event":"account.authorized"}',
    ],
  ],
  'account-held': [
    [
      { ...seller, reason: 'provider.account-changed', entries: 3 },
      '{"level":"warn","provider":"freedompay","account":"9@https://p","merchant":"shop","code":"provider.account-changed","count":3,"event":"account.held"}',
    ],
  ],
  'event-failed': [
    [
      {
        handler: 'Orders.mail',
        kind: 'receipt.registered',
        attempts: 2,
        errorName: 'RangeError',
        message: 'canary-message',
        stack: 'canary-stack',
      },
      '{"level":"error","handler":"Orders.mail","kind":"receipt.registered","attempts":2,"error_name":"RangeError","event":"handler.failed"}',
    ],
  ],
  restored: [
    [
      { since: acceptedAt, until: new Date('2026-03-04T10:00:00Z') },
      '{"level":"warn","since":"2026-03-01T10:00:00.000Z","until":"2026-03-04T10:00:00.000Z","event":"ledger.restored"}',
    ],
  ],
  'store-limit': [
    [
      { code: 'ledger.timeline.unseen', message: 'It is not seen.' },
      '{"level":"warn","code":"ledger.timeline.unseen","event":"ledger.limited"}',
    ],
  ],
  'store-error': [
    [
      { code: 'ledger.unavailable', cause: 'disk-full', databaseCode: 'SQLITE_FULL' },
      '{"level":"error","code":"ledger.unavailable","cause":"disk-full","database_code":"SQLITE_FULL","count":1,"event":"ledger.failed"}',
    ],
    [{ code: 'ledger.unavailable', cause: 'disk-full', databaseCode: 'SQLITE_FULL' }, null],
    [{ code: 'ledger.failed' }, '{"level":"error","code":"ledger.failed","count":1,"event":"ledger.failed"}'],
  ],
};

/** A ledger of which a test says what it does, how it is and what it holds. */
const findings = {
  'paid-without-receipt': 1,
  'receipt-without-payment': 2,
  'amount-differs': 3,
  'two-receipts': 4,
  'refund-without-receipt': 5,
  'other-system': 6,
  'mark-differs': 7,
};
const fiscal = {
  listeners: [] as LedgerListener[],
  observe: (listener: LedgerListener) => {
    fiscal.listeners.push(listener);
    return () => undefined;
  },
  setup: () => ({
    place: '/var/ledger.sqlite',
    merchants: ['shop', 'cafe'],
    providers: [{ provider: 'freedompay', address: 'https://api.freedompay.uz' }],
  }),
  sharedAccounts: () => [{ ...shops, merchants: ['shop', 'cafe'] }],
  breakers: () => ({ freedompay: 'open', fiscalbox: 'closed' }) as const,
  reconciliationFindings: () => findings,
  troubledAccounts: () => [
    { ...shops, breaker: 'open' as const, pausedMs: 0, refusedKeysOf: [] },
    { ...shops, breaker: 'closed' as const, pausedMs: 500, refusedKeysOf: [] },
    { ...shops, breaker: 'closed' as const, pausedMs: 0, refusedKeysOf: ['shop'] },
  ],
};
const figures = {
  byState: { accepted: 1, sending: 0, pending: 2, unknown: 3, registered: 40, rejected: 5, parked: 6 },
  due: 7,
  oldestUnfinishedAt: null,
  overdue: 8,
  unknownForLong: 9,
  held: 10,
  searchLagMs: 1_500,
  restoredUntil: null,
  unfinishedByProvider: { freedompay: 12 },
};

const lines: string[] = [];
const logger = createLogger('debug', {
  write: (line) => lines.push(line.replace(/"time":"[^"]*",/, '').trimEnd()),
});
let metrics: Metrics;

beforeEach(() => {
  lines.length = 0;
  fiscal.listeners.length = 0;
  logLedger(fiscal, logger);
  metrics = new Metrics(logger);
  metrics.watch(fiscal);
});

/** Has the ledger tell everything; the lines that each signal wrote, beside those that it should have. */
function notifyAll() {
  return Object.entries(cases).flatMap(([type, ofType]) =>
    ofType.map(([signal, expected]) => {
      lines.length = 0;
      for (const listener of fiscal.listeners) listener({ type, ...signal } as LedgerSignal);
      return { type, written: [...lines], expected: expected === null ? [] : [expected] };
    }),
  );
}

it('opens the log with where the ledger is, and accounts that are shared', () => {
  expect(lines).toEqual([
    '{"level":"warn","provider":"freedompay","account":"9@https://p","merchants":"shop,cafe","event":"account.shared"}',
    '{"level":"info","ledger":"/var/ledger.sqlite","merchants":"shop,cafe","providers":"freedompay@api.freedompay.uz","count":2,"event":"ledger.open"}',
  ]);
});

it('writes one line for each signal that is to be read, and nothing of a document', () => {
  const reported = notifyAll();
  for (const { type, written, expected } of reported) expect(written, type).toEqual(expected);
  expect(JSON.stringify(reported.map(({ written }) => written))).not.toContain('canary');
});

it('prints every metric of the ledger', async () => {
  notifyAll();
  const text = await metrics.text({ fiscal, figures, isUp: true });
  await expect(text.replace(/(version|node)="[^"]*"/g, '$1="…"')).toMatchFileSnapshot('observation.test.txt');
});

it('leaves out what the ledger holds while it cannot be read', async () => {
  const text = await metrics.text({ fiscal, figures: null, isUp: false });
  expect(text).toContain('fiscalkit_ledger_up 0');
  expect(text).toContain('fiscalkit_breaker_state{provider="freedompay"} 2');
  expect(text).not.toMatch(/fiscalkit_(due|entries|held|overdue|unknown_for_long|oldest_\w+)[ {]/);
});

const guides = new URL('../../../docs/guides/', import.meta.url);
const guide = (name: string) => readFileSync(new URL(name, guides), 'utf8');

it('prints the metrics that the guide to operations lists, and no others', async () => {
  const described = Object.entries({ ...ledgerMetrics, ...gatewayMetrics });
  const rows = described.map(([name, metric]) =>
    [
      `\`${prometheusName(name, metric)}\``,
      metric.kind,
      metric.labels.map((label) => `\`${label}\``).join(', '),
      metric.help,
    ].join('|'),
  );
  const [, list = ''] = guide('operations.md').split('### All metrics');
  const listed = [...list.matchAll(/^\| (`fiscalkit_.*?) +\|$/gm)].map(([, row = '']) => row);
  expect(listed.map((row) => row.replaceAll(/ *\| */g, '|'))).toEqual(rows);
  const written = (await metrics.text({ fiscal, figures, isUp: true })).matchAll(/^# HELP (\w+)/gm);
  expect(new Set(Array.from(written, ([, name]) => name))).toEqual(
    new Set(described.map(([name, metric]) => prometheusName(name, metric))),
  );
});

it('prints every metric that a guide names', () => {
  const known = Object.entries({ ...ledgerMetrics, ...gatewayMetrics }).map((row) => prometheusName(...row));
  const pages = readdirSync(guides, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.md'),
  );
  for (const name of pages) {
    const named = [...guide(name).matchAll(/\bfiscalkit_[a-z_]+(?=[`{])/g)].map(([metric]) => metric);
    expect(known, name).toEqual(expect.arrayContaining(named));
  }
});
