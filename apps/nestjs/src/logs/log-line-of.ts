import { type EntryState, type LedgerEvent, refusedKeyInWords } from '@fiscalkit/ledger';
import type { LogLevel, LogLine } from './log-line.js';

/**
 * What is written down of an event, if anything; field by field, so that nothing of a document can slip in. Only an error of the application's
 * own handlers is told in its own words.
 */
export function logLineOf(event: LedgerEvent): LogLine | null {
  switch (event.type) {
    case 'accepted':
    case 'replayed': {
      const { id, merchant, operation, provider } = event.entry;
      // A repeat that was known by its content alone may have been meant as a second document.
      const level = event.type === 'replayed' && !event.hadKey ? 'log' : 'debug';
      return { level, event: `entry.${event.type}`, fields: { id, merchant, operation, provider } };
    }
    case 'twin-refused': {
      const { id, merchant, operation, provider } = event.entry;
      return { level: 'warn', event: 'entry.twin-refused', fields: { id, merchant, operation, provider } };
    }
    case 'held': {
      const { id, merchant, operation, provider, reason } = event.entry;
      const fields = { id, merchant, operation, provider, ...(reason && { code: reason.code }) };
      return { level: 'warn', event: 'entry.held', fields };
    }
    case 'transition':
      return lineOfTransition(event);
    case 'intervention': {
      const { id, merchant, operation, provider, state: to } = event.entry;
      const { action, by, from } = event;
      const fields = { id, merchant, operation, provider, action, by, from, to };
      return { level: 'log', event: 'entry.intervened', fields };
    }
    case 'breaker': {
      const { provider, state, account } = event;
      return { level: 'warn', event: 'breaker.changed', fields: { provider, state, account } };
    }
    case 'key':
      return lineOfKey(event);
    case 'account-held': {
      const { provider, account, merchant, reason: code, entries } = event;
      return { level: 'warn', event: 'account.held', fields: { provider, account, merchant, code, entries } };
    }
    case 'restored': {
      const fields = { since: event.since.toISOString(), until: event.until.toISOString() };
      return { level: 'warn', event: 'ledger.restored', fields };
    }
    case 'store-limit':
      return { level: 'warn', event: 'ledger.limited', fields: { code: event.code } };
    case 'store-error': {
      const { code, cause, databaseCode } = event;
      const fields = { code, ...(cause && { cause }), ...(databaseCode && { databaseCode }) };
      return { level: 'error', event: 'ledger.failed', fields };
    }
    case 'event-failed': {
      const { handler, kind, attempts, errorName: error, message: words, stack } = event;
      const fields = { handler, kind, attempts, error };
      return { level: 'error', event: 'handler.failed', fields, words, ...(stack !== null && { stack }) };
    }
    case 'attempt':
      return null;
  }
}

function lineOfKey({ provider, account, merchant, state }: Extract<LedgerEvent, { type: 'key' }>): LogLine {
  const fields = { provider, account, merchant };
  return state === 'refused'
    ? { level: 'warn', event: 'account.unauthorized', fields, words: refusedKeyInWords(fields) }
    : { level: 'log', event: 'account.authorized', fields };
}

function lineOfTransition({ entry, from }: Extract<LedgerEvent, { type: 'transition' }>): LogLine {
  const { id, merchant, operation, provider, state: to, reason } = entry;
  const fields = { id, merchant, operation, provider, from, to, ...(reason && { code: reason.code }) };
  // That a key is refused is told once, not with every attempt.
  const level = reason?.code === 'provider.unauthorized' ? 'debug' : levelOf(from, to);
  return { level, event: 'entry.changed', fields };
}

function levelOf(from: EntryState, to: EntryState): LogLevel {
  if (from === to) return 'debug';
  return to === 'rejected' || to === 'unknown' ? 'warn' : 'log';
}
