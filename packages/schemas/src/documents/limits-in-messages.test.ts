import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { changed } from '../examples/faulty-receipts.js';
import { faultsOfZod } from '../schema/faults-of-zod.js';
import { publicDocuments } from './public-documents.js';

interface Node {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

interface Limited {
  readonly document: string;
  readonly schema: z.ZodType;
  readonly example: object;
  readonly path: string;
  readonly limits: readonly string[];
}

/**
 * Numbers in a description that are no limits: tags, versions, names of codes, values required of other
 * fields.
 */
const otherNumbers = [
  /FFD tags? [\d.]+(?: and [\d.]+)?/g,
  /tag of its type \([^)]*\)/g,
  /\(tag \d+[^)]*\)/g,
  /(?:FFD|EGAIS) \d\.\d+|EAN-\d+|ITF-\d+|GS1|UTC[+-]\d+|ISO 8601/g,
  /\d\d–\d\d for goods|quantity 1|texts of 1–256 characters/g,
];

/**
 * Returns the limits of a field: those of its description and those of its numbers and lists in the schema.
 */
function limitsOf({ description = '', anyOf = [], ...node }: Node): string[] {
  const words = otherNumbers.reduce((text, other) => text.replaceAll(other, ''), description);
  const described = [...words.matchAll(/\d+(?:\.\d+)?/g)].map(([number]) => number);
  const bounds = [node, ...anyOf].flatMap(({ minimum, maximum, minItems, maxItems }) => [
    ...[minimum, maximum, minItems, maxItems].filter((bound) => bound !== undefined && bound > 0),
  ]);
  return [
    ...new Set([...described, ...bounds.filter((bound) => bound !== Number.MAX_SAFE_INTEGER).map(String)]),
  ];
}

function limitedOf(document: string, schema: z.ZodType, example: object): Limited[] {
  const visit = (node: Node, value: unknown, path: readonly string[]): Limited[] => {
    const { properties = {}, items, anyOf = [], oneOf = [] } = node;
    const options = [...anyOf, ...oneOf].filter((option) => fits(option, value));
    return [
      ...(path.length > 0 && limitsOf(node).length > 0
        ? [{ document, schema, example, path: path.join('.'), limits: limitsOf(node) }]
        : []),
      ...Object.entries(properties).flatMap(([name, field]) =>
        visit(field, Object(value)[name], [...path, name]),
      ),
      ...(items ? visit(items, Object(value)[0], [...path, '0']) : []),
      ...options.flatMap((option) => visit(option, value, path)),
    ];
  };
  return visit(z.toJSONSchema(schema, { io: 'input', reused: 'inline' }) as Node, example, []);
}

/** Checks whether a value is meant for this option of a union. */
function fits({ properties = {} }: Node, value: unknown): boolean {
  return Object.entries(properties).every(([name, field]) => {
    const only: unknown = Object(field).const;
    return only === undefined || only === Object(value)[name];
  });
}

const requests = publicDocuments.filter(({ direction }) => direction === 'request');
const limited = requests.flatMap(({ name, schema, examples }) =>
  examples.slice(0, 3).flatMap((example) => limitedOf(name, schema, Object(example))),
);

/** Values beyond one limit or another: too long, too many, too large, too small. */
const beyond: readonly unknown[] = [
  'x'.repeat(5_000),
  '9'.repeat(5_000),
  1e13,
  -1e13,
  1e10,
  'x'.repeat(24),
  Array.from({ length: 5_000 }, () => 'x'),
  [],
];

describe('a fault of a limit names the limit', () => {
  it('is asked of many fields', () => {
    expect(new Set(limited.map(({ document, path }) => `${document} ${path}`)).size).toBeGreaterThan(50);
  });

  it.each(limited)('$document: $path ($limits)', ({ schema, example, path, limits }) => {
    const place = `$.${path}`.replaceAll(/\.(\d+)/g, '[$1]');
    const holder = path.split('.').slice(0, -1);
    const filled = holder.reduce<object>((document, _, index) => {
      const at = holder.slice(0, index + 1);
      const value = at.reduce<unknown>((each, name) => Object(each)[name], document);
      const isList = path.split('.')[index + 1] === '0';
      return value === undefined ? changed(document, at.join('.'), isList ? [] : {}) : document;
    }, structuredClone(example));
    const messages = beyond.flatMap((value) => {
      const { error } = schema.safeParse(changed(filled, path, value));
      const found = error ? faultsOfZod(error).filter((fault) => fault.path === place) : [];
      return found.filter(({ code }) => code !== 'field.type').map(({ message }) => message);
    });
    expect(messages.length).toBeGreaterThan(0);
    const named = messages.join(' ').replaceAll('twelve', '12');
    for (const limit of limits)
      expect(named).toMatch(new RegExp(`(?<![\\d.])0*${limit.replace('.', '\\.')}(?!\\d)`));
  });
});
