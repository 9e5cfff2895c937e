import assert from 'node:assert/strict';
import { formatWireTime, parseWireTime } from '@fiscalkit/schemas';
import fc from 'fast-check';
import { sealed } from '../harness/target.js';
import { mutatedText } from '../inputs/mutated-text.js';
import { outcomeOf } from '../oracles/outcome-of.js';

const instant = fc.date({
  min: new Date('1000-01-02T00:00:00Z'),
  max: new Date('9998-12-30T00:00:00Z'),
  noInvalidDate: true,
});

const texts = ['29.03.2023 17:37:00', '30.03.202315:20:00', '29.02.2024 23:59:59', '31.12.2025 00:00:00'];

/** Target: times of providers are formatted as they were read, and only days of the calendar are accepted. */
export const wireTimes = sealed({
  name: 'wire-times',
  input: fc.record({ text: mutatedText(texts), offset: fc.integer({ min: -12, max: 14 }), instant }),
  check({ text, offset, instant: moment }) {
    const { value, refusal } = outcomeOf(() => parseWireTime(text, offset));
    if (value) {
      const withBlank = text.includes(' ') ? text : `${text.slice(0, 10)} ${text.slice(10)}`;
      assert.equal(formatWireTime(value, offset), withBlank);
      assert.equal(value.getTime(), instantByHand(withBlank, offset));
    } else assert.equal(refusal, 'time.format');
    const seconds = new Date(Math.floor(moment.getTime() / 1_000) * 1_000);
    assert.deepEqual(parseWireTime(formatWireTime(seconds, offset), offset), seconds);
  },
});

function instantByHand(text: string, offset: number): number {
  const [date = '', time = ''] = text.split(' ');
  const [day, month, year] = date.split('.');
  const sign = offset < 0 ? '-' : '+';
  return Date.parse(`${year}-${month}-${day}T${time}${sign}${String(Math.abs(offset)).padStart(2, '0')}:00`);
}
