import assert from 'node:assert/strict';
import { readStrictJson } from '@fiscalkit/schemas';
import fc from 'fast-check';
import { sealed } from '../harness/target.js';
import { jsonText } from '../inputs/json-text.js';
import { mutatedText } from '../inputs/mutated-text.js';

const maxDepth = 16;
const encoder = new TextEncoder();

/** Strict JSON over texts whose traps are known: the standard parser's value, or refused for a trap that is there. */
export const strictJson = sealed({
  name: 'strict-json',
  input: jsonText,
  check({ text, depth, repeatsKey, losesDigits, hasBrokenText }) {
    const reading = readStrictJson(encoder.encode(text), maxDepth);
    const reasons: string[] = [
      ...(depth > maxDepth ? ['depth'] : []),
      ...(repeatsKey ? ['duplicate-key'] : []),
      ...(losesDigits ? ['number'] : []),
      ...(hasBrokenText ? ['text'] : []),
    ];
    if (!reading.ok) {
      assert.ok(reasons.includes(reading.flaw), `refused for ${reading.flaw}, which it has not`);
      return;
    }
    assert.deepEqual(reasons, [], 'accepted in spite of a trap');
    assert.deepEqual(reading.value, JSON.parse(text));
  },
});

const filler = fc
  .tuple(
    fc.constantFrom('0', '9', 'a', ' ', '[', '{"a":', '\\u0061', '"', '1,'),
    fc.integer({ min: 0, max: 300_000 }),
  )
  .map(([piece, times]) => piece.repeat(times));

const longText = fc
  .tuple(
    fc.constantFrom('{"a":0.1', '{"a":1', '{"a":"', '[', '"', ''),
    filler,
    fc.constantFrom('1}', '}', '"}', ']', '"', '!'),
  )
  .map((parts) => parts.join(''));

const soundText = ['{"a":[1,2.50,"x",{"b":null}],"c":"\\u0430","d":-0.5e+2}', '[[],{},"",0]', '"a"'];

const body = fc.oneof(
  { weight: 6, arbitrary: mutatedText(soundText).map((text) => encoder.encode(text)) },
  { weight: 2, arbitrary: fc.uint8Array({ maxLength: 40 }) },
  { weight: 1, arbitrary: longText.map((text) => encoder.encode(text)) },
);

/** Strict JSON over any bytes: whatever it takes, the standard parser takes with the same value; what is refused as broken is broken. */
export const strictJsonBytes = sealed({
  name: 'strict-json-bytes',
  input: body,
  check(bytes) {
    const reading = readStrictJson(bytes, maxDepth);
    const standard = standardReading(bytes);
    if (reading.ok) assert.deepEqual(shortened(reading.value), shortened(standard?.value));
    else if (reading.flaw === 'syntax') assert.equal(standard, null, 'refused although it is JSON');
  },
});

/** Amounts printed in 16 or 17 digits are read as a double beside the standard parser's: 15 digits are common to both. */
function shortened(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null), (_, part) =>
    typeof part === 'number' ? Number(part.toPrecision(15)) : part,
  );
}

/** As strict as ours about UTF-8 and as lenient about a byte order mark. */
function standardReading(bytes: Uint8Array): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) };
  } catch {
    return null;
  }
}
