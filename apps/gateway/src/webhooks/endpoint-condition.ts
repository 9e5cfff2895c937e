import type { EventReaders } from '@fiscalkit/ledger';
import { parseReaderState, type ReaderState } from './reader-state.js';
import { readerName, type WebhookEndpoint } from './webhook-settings.js';

/** Reads how an endpoint is, for whoever may know that there is one. */
export async function readEndpointCondition(
  readers: Pick<EventReaders, 'report'>,
  endpoint: WebhookEndpoint,
) {
  const { name, url, payload, types } = endpoint;
  const { state: text } = await readers.report(readerName(endpoint));
  const state = parseReaderState(text, url);
  const since = state?.failingSince ?? null;
  return {
    name,
    // The rest of an address may hold a key.
    host: new URL(url).host,
    payload,
    types: types ?? null,
    state: conditionOf(state),
    failing_since: since === null ? null : new Date(since).toISOString(),
    disabled_at: state?.disabled ? new Date(state.disabled.at).toISOString() : null,
    disabled_because: state?.disabled?.why ?? null,
  };
}

/** Returns in a word how an endpoint is. */
function conditionOf(state: ReaderState | null): 'starting' | 'active' | 'failing' | 'disabled' {
  if (state === null) return 'starting';
  if (state.disabled) return 'disabled';
  return state.failingSince === null ? 'active' : 'failing';
}
