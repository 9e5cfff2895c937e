import type { LedgerEvent } from './ledger-event.js';

type KeyEvent = Extract<LedgerEvent, { type: 'key' }>;

/** What a refused key means, in words for a log. */
export function refusedKeyInWords({ provider, merchant }: Pick<KeyEvent, 'provider' | 'merchant'>): string {
  return `${provider} refuses the key or the access of merchant ${merchant}: its documents wait until that is put right`;
}
