import { isLongFraction } from './long-fractions.js';
import { losesDigits } from './loses-digits.js';

/** What the standard parser lets pass although two parsers could read it differently, or not at all. */
export type JsonAmbiguity = 'depth' | 'duplicate-key' | 'number' | 'text';

/** One opened object or array; `keys` is `null` for an array. */
type Container = { readonly keys: Set<string> | null };

const token = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*|[{}[\]:,]/gy;
const gap = /(?:[ \t\r\n]|true|false|null)*/y;

/**
 * Walks a text that is known to be JSON and names its first ambiguity: nesting deeper than allowed, an object that names a key
 * twice, a number with more digits than it can be read with (but for a fraction, which `readLongFractions` keeps one), or a text that
 * is none. `null` when there is none.
 */
export function ambiguityOf(text: string, maxDepth: number): JsonAmbiguity | null {
  const open: Container[] = [];
  let expectsKey = false;
  for (const found of tokensOf(text)) {
    switch (found[0]) {
      case '{':
      case '[':
        if (open.length === maxDepth) return 'depth';
        open.push({ keys: found === '{' ? new Set() : null });
        expectsKey = found === '{';
        break;
      case '}':
      case ']':
        open.pop();
        expectsKey = false;
        break;
      case ',':
        expectsKey = open.at(-1)?.keys != null;
        break;
      case ':':
        expectsKey = false;
        break;
      case '"':
        if (isBrokenText(found)) return 'text';
        if (expectsKey && isRepeated(open.at(-1)?.keys, found)) return 'duplicate-key';
        break;
      default:
        if (losesDigits(found) && !isLongFraction(found)) return 'number';
    }
  }
  return null;
}

function* tokensOf(text: string): Generator<string> {
  for (let position = 0; position < text.length; position = token.lastIndex) {
    gap.lastIndex = position;
    gap.exec(text);
    token.lastIndex = gap.lastIndex;
    const found = token.exec(text)?.[0];
    if (found === undefined) return;
    yield found;
  }
}

/** Escapes can write what is no text: half a character, or the character that databases end a text with. */
function isBrokenText(literal: string): boolean {
  if (!literal.includes('\\u')) return false;
  const text: string = JSON.parse(literal);
  return !text.isWellFormed() || text.includes('\0');
}

function isRepeated(keys: Set<string> | null | undefined, literal: string): boolean {
  const key: string = literal.includes('\\') ? JSON.parse(literal) : literal.slice(1, -1);
  const repeated = keys?.has(key) ?? false;
  keys?.add(key);
  return repeated;
}
