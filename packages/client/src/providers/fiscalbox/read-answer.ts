const utf8 = new TextDecoder('utf-8', { fatal: true });

/** `JSON.parse` with the text of each number, which the library's types don't have yet. */
const parse = JSON.parse as (
  text: string,
  revive: (this: unknown, name: string, value: unknown, context: { readonly source?: string }) => unknown,
) => unknown;

/** Text, and the colon that makes it a name. */
const texts = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?/g;

/**
 * Parses an answer as UTF-8 JSON; returns `undefined` (which JSON has not) if it is invalid, or names a
 * member twice: readers differ in which of the two counts. Integers that would lose digits become texts: an
 * id may be written as a number, and two ids must not become one.
 */
export function readAnswer(bytes: Uint8Array): unknown {
  try {
    const text = utf8.decode(bytes);
    // The answer itself is revived as a member, too.
    let membersRead = -1;
    const answer = parse(text, function revive(_name, value, { source }) {
      if (!Array.isArray(this)) membersRead += 1;
      return Number.isInteger(value) && !Number.isSafeInteger(value) ? (source ?? value) : value;
    });
    return membersRead === membersWritten(text) ? answer : undefined;
  } catch {
    return undefined;
  }
}

function membersWritten(text: string): number {
  return [...text.matchAll(texts)].filter(([, colon]) => colon !== undefined).length;
}
