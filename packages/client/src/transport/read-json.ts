/** Reads bytes as UTF-8 JSON; `undefined` (which JSON can't say) when they are not. */
export function readJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
