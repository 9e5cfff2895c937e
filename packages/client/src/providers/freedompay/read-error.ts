import { readJson } from '../../transport/read-json.js';

/** What an error body says, as far as a program needs it. */
export interface ProviderError {
  /** The provider's own code, as text; `null` when it gives none. */
  readonly providerCode: string | null;
  /** Its own words; `null` when it gives none. */
  readonly providerMessage: string | null;
}

/**
 * Reads `{ "error": { "message", "code"?, "errors"? } }`, the error body of the vendor's sibling APIs; `null` for anything
 * else, such as the page of a proxy on the way.
 */
export function readError(body: Uint8Array): ProviderError | null {
  const envelope = readJson(body);
  const error = isRecord(envelope) ? envelope.error : undefined;
  if (!isRecord(error)) {
    return null;
  }
  const { code, message } = error;
  return {
    providerCode: typeof code === 'string' || typeof code === 'number' ? String(code) : null,
    providerMessage: typeof message === 'string' ? message : null,
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
