import { createHash } from 'node:crypto';
import { z } from 'zod';

const stateSchema = z.object({
  /** Everything up to this cursor is delivered. */
  cursor: z.string(),
  /** Ids of events behind it that are delivered as well. */
  done: z.array(z.string()),
  /** Since when every delivery has failed, in milliseconds; `null` after one that did not. */
  failingSince: z.number().nullable(),
  /** Time between those failures, in milliseconds: neither without a gateway, nor by a clock that is set. */
  failedMs: z.number().default(0),
  disabled: z.object({ at: z.number(), why: z.enum(['gone', 'failing']) }).nullable(),
  /** Digest of the address, so that another one is begun with anew. */
  address: z.string(),
});

/** How far an endpoint is, as the ledger keeps it. */
export type ReaderState = z.infer<typeof stateSchema>;

/** Returns the state of an endpoint that nothing was sent to yet. */
export function newReaderState(cursor: string, url: string): ReaderState {
  return { cursor, done: [], failingSince: null, failedMs: 0, disabled: null, address: addressDigest(url) };
}

/** Reads a state; `null` for none. An endpoint with another address is no longer disabled. */
export function parseReaderState(text: string | null, url: string): ReaderState | null {
  if (text === null) return null;
  const state = stateSchema.parse(JSON.parse(text));
  const address = addressDigest(url);
  return state.address === address
    ? state
    : { ...state, address, disabled: null, failingSince: null, failedMs: 0 };
}

/** An address may hold a key, so it is not kept itself. */
function addressDigest(url: string): string {
  return createHash('sha256').update(url).digest('hex').slice(0, 16);
}

/** What an administrator leaves for the holder of an endpoint: send again from a cursor. */
export const readerRequestSchema = z.object({ id: z.string(), cursor: z.string() });
