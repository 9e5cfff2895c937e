import { describe, expect, it } from 'vitest';
import { type LateField, withLateFields, withoutLateFields } from './late-field.js';

const time: LateField = {
  path: '$.time',
  placeholder: '"time":"0000-00-00 00:00:00"',
  valueAt: (now) => `"time":"${now.toISOString().slice(0, 19).replace('T', ' ')}"`,
};

const frozen = Buffer.from('{"name":"Чай, \\"time\\":\\"0000","time":"0000-00-00 00:00:00","sum":5}');
const now = new Date('2026-11-30T12:00:05Z');

describe('withLateFields', () => {
  it('changes what is declared, and nothing else', () => {
    const sent = withLateFields(frozen, [time], now);
    expect(Buffer.from(sent).toString()).toBe(
      frozen.toString().replace('0000-00-00 00:00:00', '2026-11-30 12:00:05'),
    );
    const later = withLateFields(frozen, [time], new Date('2027-01-01T00:00:00Z'));
    expect(later).not.toEqual(sent);
    expect(withoutLateFields(later, frozen, [time])).toEqual(withoutLateFields(sent, frozen, [time]));
    expect(frozen.toString()).toContain('0000-00-00 00:00:00');
  });

  it('sends the frozen bytes where nothing is late', () => {
    expect(withLateFields(frozen, [], now)).toEqual(frozen);
  });

  it.each([
    ['no place', '{"sum":5}'],
    ['two places', '{"time":"0000-00-00 00:00:00","a":{"time":"0000-00-00 00:00:00"}}'],
  ])('refuses a body with %s', (_, body) => {
    expect(() => withLateFields(Buffer.from(body), [time], now)).toThrow('exactly one place for $.time');
  });

  it('refuses a value of another length', () => {
    const short = { ...time, valueAt: () => '"time":"now"' };
    expect(() => withLateFields(frozen, [short], now)).toThrow('$.time has another length');
  });
});
