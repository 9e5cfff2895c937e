import { refusedKeyInWords } from '../delivery/refused-keys.js';
import type { Entry } from '../entry/entry.js';
import type { HandlerFailure } from '../entry/handler-failure.js';
import type { LedgerSignal } from '../entry/signals.js';
import { type LedgerSetup, type SharedAccount, setupInWords } from '../services/ledger-setup.js';
import type { Measurement } from './metrics.js';

type EntryField = 'id' | 'merchant' | 'operation' | 'provider' | 'from' | 'to' | 'code' | 'action' | 'by';
type AccountField = 'account' | 'merchants' | 'providers' | 'entries' | 'at' | 'state' | 'since' | 'until';
type FailureField = 'cause' | 'databaseCode' | 'handler' | 'kind' | 'attempts' | 'error';

/** Fields of a line. There is none for a document, a header or a message of somebody else's. */
export type LedgerLogField = EntryField | AccountField | FailureField;

/** A line of a log, before a sink writes it. */
export interface LedgerLogLine {
  /** `notice`: nothing is wrong, but an operator's doing. */
  readonly level: 'debug' | 'info' | 'notice' | 'warn' | 'error';
  readonly event: string;
  /** In the order in which they are written. */
  readonly fields: { readonly [Field in LedgerLogField]?: string | number | undefined };
  readonly note?: string;
  /** Whether an entry only stays in its state: a log that others share leaves it to its debug level. */
  readonly isUnchanged?: boolean;
  /** An error of the application's own, in its own words: for no log but the application's. */
  readonly failure?: Omit<HandlerFailure, 'errorName'>;
}

/** What becomes visible of a signal. */
export interface SignalDescription {
  readonly line?: LedgerLogLine;
  readonly measurement?: Measurement;
}

/** States that are counted when an entry reaches them. */
export const countedOutcomes = ['registered', 'rejected', 'unknown'] as const;

type SignalType = LedgerSignal['type'];
type SignalOf<Type extends SignalType> = Extract<LedgerSignal, { type: Type }>;

/** The description of each signal, field by field, so that nothing of a document can slip in. */
const descriptions: { readonly [Type in SignalType]: (signal: SignalOf<Type>) => SignalDescription } = {
  accepted: ({ entry }) => ({
    line: { level: 'debug', event: 'entry.accepted', fields: namesOf(entry) },
    measurement: { metric: 'accepted', labels: { operation: entry.operation } },
  }),
  held: ({ entry }) => ({
    line: { level: 'warn', event: 'entry.held', fields: { ...namesOf(entry), code: entry.reason?.code } },
    measurement: { metric: 'put_on_hold', labels: { provider: entry.provider } },
  }),
  replayed: ({ entry, hadKey }) => ({
    // A repeat that was known by its content alone may have been meant as a second document.
    line: { level: hadKey ? 'debug' : 'info', event: 'entry.replayed', fields: namesOf(entry) },
    ...(!hadKey && { measurement: { metric: 'same_content', labels: { operation: entry.operation } } }),
  }),
  'twin-refused': ({ entry }) => ({
    line: { level: 'warn', event: 'entry.twin-refused', fields: namesOf(entry) },
    measurement: { metric: 'twins_refused', labels: { operation: entry.operation } },
  }),
  transition: ({ entry, from }) => {
    const { provider, reason, state: to } = entry;
    const doubt = to === 'rejected' || to === 'unknown' ? 'warn' : 'info';
    // A refused key is reported once, not with every attempt.
    const level = reason?.code === 'provider.unauthorized' ? 'debug' : doubt;
    const fields = { ...namesOf(entry), from, to, code: reason?.code };
    const metric = countedOutcomes.find((state) => state === to && state !== from);
    return {
      line: { level, event: 'entry.changed', fields, isUnchanged: from === to },
      ...(metric && { measurement: { metric, labels: { provider } } }),
    };
  },
  intervention: ({ entry, action, by, from }) => {
    const fields = { ...namesOf(entry), action, by, from, to: entry.state };
    return {
      line: { level: 'notice', event: 'entry.intervened', fields },
      measurement: { metric: 'interventions', labels: { action } },
    };
  },
  attempt: ({ provider, step, verdict, durationMs }) => {
    const labels = { provider, step, verdict };
    return { measurement: { metric: 'attempt.duration', labels, value: durationMs / 1000 } };
  },
  breaker: ({ provider, state, account }) => ({
    line: { level: 'warn', event: 'breaker.changed', fields: { provider, state, account } },
  }),
  key: ({ provider, account, merchant, state }) => {
    const fields = { provider, account, merchant };
    if (state === 'accepted') return { line: { level: 'info', event: 'account.authorized', fields } };
    const note = refusedKeyInWords(fields);
    return { line: { level: 'warn', event: 'account.unauthorized', fields, note } };
  },
  'account-held': ({ provider, account, merchant, reason: code, entries }) => ({
    line: { level: 'warn', event: 'account.held', fields: { provider, account, merchant, code, entries } },
  }),
  'event-failed': ({ handler, kind, attempts, errorName: error, message, stack }) => {
    const fields = { handler, kind, attempts, error };
    return {
      line: { level: 'error', event: 'handler.failed', fields, failure: { message, stack } },
      measurement: { metric: 'handler_failures', labels: { handler, event: kind } },
    };
  },
  restored: ({ since, until }) => {
    const fields = { since: since.toISOString(), until: until.toISOString() };
    return { line: { level: 'warn', event: 'ledger.restored', fields } };
  },
  'store-limit': ({ code }) => ({ line: { level: 'warn', event: 'ledger.limited', fields: { code } } }),
  'store-error': ({ code, cause, databaseCode }) => ({
    line: { level: 'error', event: 'ledger.failed', fields: { code, cause, databaseCode } },
    measurement: { metric: 'store_errors', labels: { code } },
  }),
};

/** Returns the log line and the measurement of a signal. */
export function describeSignal(signal: LedgerSignal): SignalDescription {
  return describe(signal.type, signal);
}

function describe<Type extends SignalType>(type: Type, signal: SignalOf<Type>): SignalDescription {
  return descriptions[type](signal);
}

function namesOf({ id, merchant, operation, provider }: Entry) {
  return { id, merchant, operation, provider };
}

/**
 * Returns the lines of a ledger's start: the accounts that several merchants share, which is a mistake unless
 * they belong to one company; then where it is, who sells and where documents go.
 */
export function describeStart(setup: LedgerSetup, shared: readonly SharedAccount[]): LedgerLogLine[] {
  const { place: at, merchants, providers } = setupInWords(setup);
  return [
    ...shared.map(({ provider, account, merchants: sharers }): LedgerLogLine => {
      const fields = { provider, account, merchants: sharers.join(',') };
      return { level: 'warn', event: 'account.shared', fields };
    }),
    { level: 'info', event: 'ledger.open', fields: { at, merchants, providers } },
  ];
}
