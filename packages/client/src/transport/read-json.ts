const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Form of a text with integers that a double may not hold: it is parsed with the text of its numbers. */
const longNumber = /[[:,\s]-?\d{16,}\s*[,}\]]/;

/**
 * Parses bytes as UTF-8 JSON; returns `undefined` (which JSON has not) if they are not. An integer that would
 * lose digits becomes its text, so that an id stays what was sent.
 */
export function readJson(bytes: Uint8Array): unknown {
  try {
    const text = utf8.decode(bytes);
    return longNumber.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function keepDigits(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source;
  const losesDigits = typeof value === 'number' && source !== undefined && !Number.isSafeInteger(value);
  return losesDigits && /^-?\d+$/.test(source) ? source : value;
}

/** Reads a member that is shown as a text or a number; `null` for none. */
export function textOf(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() || null : null;
}

/** Checks for an object that is no array. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
