import fc from 'fast-check';
import { expect, it } from 'vitest';
import { timeOrderedId } from './create-ledger.js';

const time = fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true });

it('is the id of the specification', () => {
  // The example of RFC 9562, appendix A.6.
  const id = timeOrderedId(new Date('2022-02-22T19:22:22.000Z'), '2489cd49-77c8-4cc3-98c4-dc0c0c07398f');
  expect(id).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
});

it('is a UUID of version 7, in lower case', () => {
  fc.assert(
    fc.property(time, (at) => {
      expect(timeOrderedId(at)).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    }),
  );
});

it('sorts by time', () => {
  fc.assert(
    fc.property(time, time, (one, other) => {
      fc.pre(one < other);
      expect(timeOrderedId(one) < timeOrderedId(other)).toBe(true);
    }),
  );
});

it('differs within a millisecond', () => {
  const now = new Date();
  const ids = Array.from({ length: 10_000 }, () => timeOrderedId(now));
  expect(new Set(ids).size).toBe(ids.length);
});
