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
