const utf8 = new TextDecoder('utf-8', { fatal: true });

/** `JSON.parse` with the text of each number, which the library's types don't have yet. */
const parse = JSON.parse as (
  text: string,
  revive: (name: string, value: unknown, context: { readonly source?: string }) => unknown,
) => unknown;

/**
 * Reads an answer as UTF-8 JSON; `undefined` (which JSON can't say) when it is none. Whole numbers that would lose
 * digits become texts: an id may be written as a number, and two ids must not become one.
 */
export function readAnswer(bytes: Uint8Array): unknown {
  try {
    return parse(utf8.decode(bytes), (_name, value, { source }) =>
      Number.isInteger(value) && !Number.isSafeInteger(value) ? (source ?? value) : value,
    );
  } catch {
    return undefined;
  }
}
