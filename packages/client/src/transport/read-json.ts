const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Reads bytes as UTF-8 JSON; `undefined` (which JSON can't say) when they are not. */
export function readJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch {
    return undefined;
  }
}
