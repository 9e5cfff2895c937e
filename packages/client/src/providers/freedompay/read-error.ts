import { isRecord, readJson } from '../../transport/read-json.js';

/** Content of an error body, as far as a program needs it. */
export interface ProviderError {
  /** Provider's own code, as text; `null` without one. */
  readonly providerCode: string | null;
  /** Provider's own words; `null` without any. */
  readonly providerMessage: string | null;
}

/**
 * Parses `{ "error": { "message", "code"?, "errors"? } }`, the error body of the vendor's sibling APIs;
 * returns `null` for anything else, such as the page of a proxy.
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
