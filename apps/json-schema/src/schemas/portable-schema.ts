import type { Dialect, JsonSchema } from './json-schema.js';
import { portablePattern } from './portable-pattern.js';

/** Keywords that a reader meets first. All others follow in the order in which they were written. */
const first = ['$schema', '$id', '$ref', 'title', 'description', 'type', 'const', 'enum', 'default'];

/**
 * Writes one schema so that validators of all languages read it alike: portable patterns, no `format` (some assert it, some do
 * not; the pattern says it), and in draft-07 no word that draft-04 does not know.
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

/** `$` is the end of the text in some languages, and also before a last line end in others. */
function patternOf({ pattern: source }: JsonSchema): JsonSchema {
  if (typeof source !== 'string') return {};
  const pattern = portablePattern(source);
  const minds = pattern.endsWith('$') && !pattern.endsWith(']*$');
  return minds ? { pattern, not: { pattern: '\\n' } } : { pattern };
}

/** One type, or one and `null`, stand under `type`; more are alternatives, which all generators of code understand. */
function typeOf({ type }: JsonSchema): JsonSchema {
  if (!Array.isArray(type) || (type.length === 2 && type.includes('null')))
    return type === undefined ? {} : { type };
  return { anyOf: type.map((each: unknown) => ({ type: each })) };
}
