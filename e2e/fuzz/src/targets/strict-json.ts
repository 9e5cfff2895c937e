import assert from 'node:assert/strict';
import { readStrictJson } from '@fiscalkit/schemas';
import fc from 'fast-check';
import { sealed } from '../harness/target.js';
import { jsonText } from '../inputs/json-text.js';
import { mutatedText } from '../inputs/mutated-text.js';

const maxDepth = 16;
const encoder = new TextEncoder();

/** Target: strict JSON gives the standard parser's value, or is refused for a known feature of the text. */
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

/** Target: strict JSON accepts of any bytes only what the standard parser does, with the same value. */
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

/** Rounds doubles to 15 digits: longer ones are read as a neighbour of the standard parser's value. */
function shortened(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null), (_, part) =>
    typeof part === 'number' ? Number(part.toPrecision(15)) : part,
  );
}

/** Decodes as strictly as ours does about UTF-8, and as leniently about a byte order mark. */
function standardReading(bytes: Uint8Array): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) };
  } catch {
    return null;
  }
}
