import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { coded } from './coded.js';
import { errorsByPath } from './errors-by-path.js';
import { faultOf } from './fault-of.js';
import { faultsOfZod } from './faults-of-zod.js';

const foreign = z.strictObject({
  name: z.string().max(3),
  'e-mail': z.email().optional(),
  kind: z.enum(['a', 'b']),
  items: z.array(z.object({ id: z.number() })),
  limited: z.number().max(5, coded('amount.range')),
});

function faultsIn(document: unknown): [string, string][] {
  const { error } = foreign.safeParse(document);
  return error ? faultsOfZod(error).map(({ code, path }) => [code, path]) : [];
}

describe('faultsOfZod', () => {
  it('finds the nearest code for every issue of a foreign schema', () => {
    const document = {
      name: 'long',
      'e-mail': 'x',
      kind: 'c',
      items: [{ id: 1 }, { id: '2' }],
      limited: 6,
      more: 1,
    };
    expect(faultsIn(document)).toEqual([
      ['field.length', '$.name'],
      ['field.format', '$["e-mail"]'],
      ['field.value', '$.kind'],
      ['field.type', '$.items[1].id'],
      ['amount.range', '$.limited'],
      ['field.unknown', '$.more'],
    ]);
  });

  it.each(['buyer@example.com', '+79031237788', 'id_7709364346', 'Иванов', 'a b', 'a'.repeat(65), ''])(
    'does not repeat the key %s, which is no name of a field',
    (key) => {
      const document = { name: 'x', kind: 'a', items: [], limited: 1, more: 1, [key]: 1, [`${key}!`]: 1 };
      expect(faultsIn(document)).toEqual([
        ['field.unknown', '$.more'],
        ['field.unknown', '$'],
      ]);
    },
  );

  it('names every unknown field of an object', () => {
    const document = { name: 'x', kind: 'a', items: [], limited: 1, one: 1, ['__proto__']: 2 };
    expect(faultsIn(document)).toEqual([
      ['field.unknown', '$.one'],
      ['field.unknown', '$.__proto__'],
    ]);
  });
});

describe('errorsByPath', () => {
  it('groups messages by path', () => {
    const faults = [
      faultOf('field.type', '$.a'),
      faultOf('field.missing', '$.b'),
      faultOf('field.length', '$.a', 'x'),
    ];
    expect(errorsByPath(faults)).toEqual({
      '$.a': [faults[0]?.message, faults[2]?.message],
      '$.b': [faults[1]?.message],
    });
  });

  it('is not led astray by the names of parameters', () => {
    const grouped = errorsByPath([faultOf('field.unknown', '__proto__')]);
    expect(Object.keys(grouped)).toEqual(['__proto__']);
  });
});
