import type { Dialect, JsonSchema } from './json-schema.js';

/** Keywords that come first for readers. All others follow in their original order. */
const first = ['$schema', '$id', '$ref', 'title', 'description', 'type', 'const', 'enum', 'default'];

/**
 * Rewrites one schema so that validators of all languages read it alike: portable patterns, no `format` (some
 * assert it, some do not; the pattern covers it), and in draft-07 no keyword that draft-04 does not know.
 */
export function portableNode(node: JsonSchema, dialect: Dialect): JsonSchema {
  const { format: _, propertyNames: __, type: ___, ...rest } = node;
  const portable: Record<string, unknown> = { ...rest, ...typeOf(node), ...patternOf(node) };
  if (dialect === 'draft-07' && 'const' in portable) {
    portable.enum = [portable.const];
    delete portable.const;
  }
  const keywords = [...first.filter((keyword) => keyword in portable), ...Object.keys(portable)];
  return Object.fromEntries(keywords.map((keyword) => [keyword, portable[keyword]]));
}

/**
 * Returns a portable pattern. `$` also matches before a last line break in some languages: `not` excludes
 * that.
 */
function patternOf({ pattern: source }: JsonSchema): JsonSchema {
  if (typeof source !== 'string') return {};
  const pattern = portablePattern(source);
  const minds = pattern.endsWith('$') && !pattern.endsWith(']*$');
  return minds ? { pattern, not: { pattern: '\\n' } } : { pattern };
}

/**
 * Keeps one type, or one and `null`, under `type`; writes more as alternatives, which all code generators
 * understand.
 */
function typeOf({ type }: JsonSchema): JsonSchema {
  if (!Array.isArray(type) || (type.length === 2 && type.includes('null')))
    return type === undefined ? {} : { type };
  return { anyOf: type.map((each: unknown) => ({ type: each })) };
}

/**
 * Matches one element of a pattern: an escape, `[\s\S]` for any character, a bracket, a group, a character.
 */
const piece = /\\([\s\S])|\[\\s\\S\]|\[\^?|\]|\(\?:|\(\?|[\s\S]/gu;

const sameEverywhere = /^[\\.?+*()[\]{}|^$tnr-]$/;

/**
 * Rewrites a pattern of JavaScript into one that JavaScript, Python, PCRE, Go and Ruby read alike: `\d`,
 * which is any Unicode digit to some, is spelt out. Throws for an element that has no such form: `\w`, `\s`,
 * `\p`, `\b`, look-around, names, back-references.
 */
export function portablePattern(source: string): string {
  let isInClass = false;
  return source.replace(piece, (text, escaped: string | undefined, offset: number) => {
    if (escaped !== undefined)
      return portableEscape(escaped, isInClass, source.slice(offset + 2, offset + 4));
    if (text === '(?' && !isInClass)
      throw new Error(`The pattern ${source} has a group that not every engine knows.`);
    if (text === '[' || text === '[^') isInClass = true;
    if (text === ']') isInClass = false;
    return text;
  });
}

function portableEscape(escaped: string, isInClass: boolean, following: string): string {
  if (escaped === 'd') return isInClass ? '0-9' : '[0-9]';
  if (escaped === '/') return '/';
  if (sameEverywhere.test(escaped)) return `\\${escaped}`;
  if (escaped === 'x' && /^[0-7][0-9a-f]$/.test(following)) return '\\x';
  throw new Error(`Not every engine reads \\${escaped} alike.`);
}
