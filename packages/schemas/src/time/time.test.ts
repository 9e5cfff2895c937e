import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatOffsetTime, registerOffsetHours } from './register-time.js';
import { formatWireTime, parseWireTime } from './wire-time.js';

const instants = fc
  .date({ min: new Date('1000-01-02T00:00:00Z'), max: new Date('9999-12-30T00:00:00Z'), noInvalidDate: true })
  .map((date) => new Date(Math.floor(date.getTime() / 1000) * 1000));
const offsets = fc.integer({ min: -12, max: 14 });

describe('times', () => {
  it('come back from both spellings, and from ISO 8601, as they were', () => {
    fc.assert(
      fc.property(instants, offsets, (instant, offsetHours) => {
        const text = formatWireTime(instant, offsetHours);
        expect(parseWireTime(text, offsetHours)).toEqual(instant);
        expect(parseWireTime(text.replace(' ', ''), offsetHours)).toEqual(instant);
        expect(new Date(formatOffsetTime(instant, offsetHours))).toEqual(instant);
      }),
      { numRuns: 2_000 },
    );
  });

  it('are written on the requested clock', () => {
    const instant = new Date('2023-03-29T14:37:00Z');
    expect(formatWireTime(instant, registerOffsetHours('ru_1_05'))).toBe('29.03.2023 17:37:00');
    expect(formatWireTime(instant, registerOffsetHours('uz_1_0'))).toBe('29.03.2023 19:37:00');
    expect(formatOffsetTime(instant, 3)).toBe('2023-03-29T17:37:00+03:00');
    expect(formatOffsetTime(instant, -4)).toBe('2023-03-29T10:37:00-04:00');
  });

  it.each([
    '29.02.2023 10:00:00',
    '31.04.2023 10:00:00',
    '01.13.2023 10:00:00',
    '01.01.2023 24:00:00',
    '01.01.2023 10:60:00',
    '00.01.2023 10:00:00',
    '01.01.0023 10:00:00',
    '01.01.2023  10:00:00',
    '1.1.2023 10:00:00',
    '2023-01-01 10:00:00',
    '01.01.2023 10:00',
    '',
  ])('%j is refused', (text) => {
    expect(() => parseWireTime(text, 3)).toThrow(expect.objectContaining({ code: 'time.format' }));
  });
});
