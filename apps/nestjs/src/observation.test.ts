import { readFileSync } from 'node:fs';
import { type Entry, type LedgerListener, type LedgerSignal, ledgerMetrics } from '@fiscalkit/ledger';
import { Logger } from '@nestjs/common';
import * as api from '@opentelemetry/api';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { beforeEach, expect, it } from 'vitest';
import { logLedger } from './logs/log-ledger.js';
import { RecordingLogger } from './recording-logger.fixture.js';
import { createTelemetry } from './telemetry/create-telemetry.js';

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
    [{ entry }, 'debug Fiscal entry.accepted id=e1 merchant=shop operation=receipt provider=freedompay'],
  ],
  held: [
    [
      { entry: { ...entry, reason: because('sale.rejected') } },
      'warn Fiscal entry.held id=e1 merchant=shop operation=receipt provider=freedompay code=sale.rejected',
    ],
  ],
  replayed: [
    [
      { entry, hadKey: true },
      'debug Fiscal entry.replayed id=e1 merchant=shop operation=receipt provider=freedompay',
    ],
    [
      { entry, hadKey: false },
      'log Fiscal entry.replayed id=e1 merchant=shop operation=receipt provider=freedompay',
    ],
  ],
  'twin-refused': [
    [{ entry }, 'warn Fiscal entry.twin-refused id=e1 merchant=shop operation=receipt provider=freedompay'],
  ],
  transition: [
    [
      { entry: { ...entry, state: 'registered' }, from: 'sending' },
      'log Fiscal entry.changed id=e1 merchant=shop operation=receipt provider=freedompay from=sending to=registered',
    ],
    [
      { entry: { ...entry, state: 'rejected', reason: because('provider.rejected') }, from: 'sending' },
      'warn Fiscal entry.changed id=e1 merchant=shop operation=receipt provider=freedompay from=sending to=rejected code=provider.rejected',
    ],
    [
      { entry: { ...entry, state: 'unknown', reason: because('transport.timeout') }, from: 'sending' },
      'warn Fiscal entry.changed id=e1 merchant=shop operation=receipt provider=freedompay from=sending to=unknown code=transport.timeout',
    ],
    [
      { entry: { ...entry, state: 'unknown', reason: because('transport.timeout') }, from: 'unknown' },
      'debug Fiscal entry.changed id=e1 merchant=shop operation=receipt provider=freedompay from=unknown to=unknown code=transport.timeout',
    ],
    [
      { entry: { ...entry, state: 'pending' }, from: 'pending' },
      'debug Fiscal entry.changed id=e1 merchant=shop operation=receipt provider=freedompay from=pending to=pending',
    ],
    [
      { entry: { ...entry, reason: because('provider.unauthorized') }, from: 'accepted' },
      'debug Fiscal entry.changed id=e1 merchant=shop operation=receipt provider=freedompay from=accepted to=accepted code=provider.unauthorized',
    ],
  ],
  intervention: [
    [
      { entry: { ...entry, state: 'parked' }, action: 'park', by: 'vera', from: 'accepted' },
      'log Fiscal entry.intervened id=e1 merchant=shop operation=receipt provider=freedompay action=park by=vera from=accepted to=parked',
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
      'warn Fiscal breaker.changed provider=freedompay state=open account=9@https://p',
    ],
  ],
  key: [
    [
      { ...seller, state: 'refused' },
      'warn Fiscal account.unauthorized provider=freedompay account=9@https://p merchant=shop - freedompay refuses the key or the access of merchant shop: its documents wait until that is put right',
    ],
    [
      { ...seller, state: 'accepted' },
      'log Fiscal account.authorized provider=freedompay account=9@https://p merchant=shop',
    ],
  ],
  'account-held': [
    [
      { ...seller, reason: 'provider.account-changed', entries: 3 },
      'warn Fiscal account.held provider=freedompay account=9@https://p merchant=shop code=provider.account-changed entries=3',
    ],
  ],
  'event-failed': [
    [
      {
        handler: 'Orders.mail',
        kind: 'receipt.registered',
        attempts: 2,
        errorName: 'RangeError',
        message: 'no mail to ***',
        stack: 'RangeError: no mail to ***\n    at Orders.mail',
      },
      'error Fiscal handler.failed handler=Orders.mail kind=receipt.registered attempts=2 error=RangeError - no mail to ***',
    ],
    [
      {
        handler: 'Orders.mail',
        kind: 'receipt.registered',
        attempts: 3,
        errorName: 'undefined',
        message: '',
        stack: null,
      },
      'error Fiscal handler.failed handler=Orders.mail kind=receipt.registered attempts=3 error=undefined',
    ],
  ],
  restored: [
    [
      { since: acceptedAt, until: new Date('2026-03-04T10:00:00Z') },
      'warn Fiscal ledger.restored since=2026-03-01T10:00:00.000Z until=2026-03-04T10:00:00.000Z',
    ],
  ],
  'store-limit': [
    [
      { code: 'ledger.timeline.unseen', message: 'It is not seen.' },
      'warn Fiscal ledger.limited code=ledger.timeline.unseen',
    ],
  ],
  'store-error': [
    [
      { code: 'ledger.unavailable', cause: 'disk-full', databaseCode: 'SQLITE_FULL' },
      'error Fiscal ledger.failed code=ledger.unavailable cause=disk-full databaseCode=SQLITE_FULL',
    ],
    [{ code: 'ledger.failed' }, 'error Fiscal ledger.failed code=ledger.failed'],
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
const ledger = {
  listeners: [] as LedgerListener[],
  observe: (listener: LedgerListener) => {
    ledger.listeners.push(listener);
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
  figures: async () => ({
    byState: { accepted: 1, sending: 0, pending: 2, unknown: 3, registered: 40, rejected: 5, parked: 6 },
    due: 7,
    oldestUnfinishedAt: null,
    overdue: 8,
    unknownForLong: 9,
    held: 10,
    searchLagMs: 1_500,
    restoredUntil: null,
    unfinishedByProvider: { freedompay: 12 },
  }),
};
const logger = new RecordingLogger();

beforeEach(() => {
  Logger.overrideLogger(logger);
  ledger.listeners.length = logger.lines.length = logger.stacks.length = 0;
});

/** Has the ledger tell everything; the lines that each signal wrote, beside those that it should have. */
function notifyAll() {
  return Object.entries(cases).flatMap(([type, ofType]) =>
    ofType.map(([signal, expected]) => {
      logger.lines.length = 0;
      for (const listener of ledger.listeners) listener({ type, ...signal } as LedgerSignal);
      return { type, written: [...logger.lines], expected: expected === null ? [] : [expected] };
    }),
  );
}

it('opens the log with where the ledger is, accounts that are shared, and the sandbox', () => {
  logLedger(ledger, { name: 'uz', sandboxUrl: 'http://127.0.0.1:1' });
  expect(logger.lines).toEqual([
    'warn Fiscal:uz account.shared provider=freedompay account=9@https://p merchants=shop,cafe',
    'log Fiscal:uz ledger.open at=/var/ledger.sqlite merchants=shop,cafe providers=freedompay@api.freedompay.uz',
    'warn Fiscal:uz sandbox.open at=http://127.0.0.1:1 - the providers are emulated in this process: no receipt is registered anywhere',
  ]);
});

it('writes one line for each signal that is to be read, and nothing of a document', () => {
  logLedger(ledger, { name: undefined, sandboxUrl: null });
  const reported = notifyAll();
  for (const { type, written, expected } of reported) expect(written, type).toEqual(expected);
  expect(JSON.stringify(reported.map(({ written }) => written))).not.toContain('canary');
  expect(logger.stacks[0]).toBe('RangeError: no mail to ***\n    at Orders.mail');
});

it('exports every metric of the ledger', async () => {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  const meters = new MeterProvider({ readers: [reader] });
  const { stop } = createTelemetry(
    {
      ...api,
      metrics: Object.assign(Object.create(api.metrics), { getMeter: meters.getMeter.bind(meters) }),
    },
    { ledger, name: 'uz' },
  );
  notifyAll();
  const { resourceMetrics, errors } = await reader.collect();
  expect(errors).toEqual([]);
  const exported = resourceMetrics.scopeMetrics.flatMap(({ metrics }) =>
    metrics.map(({ descriptor: { name, description, unit }, dataPoints }) => {
      const points = dataPoints.map(({ attributes, value }) => {
        const count = typeof value === 'number' ? value : `${value.count}, ${value.sum}`;
        return `  ${JSON.stringify(attributes)} ${count}\n`;
      });
      return `${[name, unit].filter(Boolean).join(' in ')}: ${description}\n${points.join('')}`;
    }),
  );
  await expect(exported.sort().join('')).toMatchFileSnapshot('observation.test.txt');
  stop();
  await meters.shutdown();
});

it('has the metrics that the guide to FiscalModule lists, and no others', () => {
  const rows = Object.entries(ledgerMetrics).map(([name, { kind, unit, labels, help }]) => {
    const attributes = labels.map((label) => `\`${label === 'code' ? 'error.type' : label}\``).join(', ');
    return [`\`fiscalkit.${name}\``, unit === 's' ? `${kind}, seconds` : kind, attributes, help].join('|');
  });
  const guide = readFileSync(new URL('../../../docs/guides/nestjs.md', import.meta.url), 'utf8');
  const listed = [...guide.matchAll(/^\| (`fiscalkit\..* \| (?:counter|gauge|histogram).*?) +\|$/gm)];
  expect(listed.map(([, row = '']) => row.replaceAll(/ *\| */g, '|'))).toEqual(rows);
});
