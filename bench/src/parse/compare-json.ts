import { canonicalJson, readStrictJson } from '@fiscalkit/schemas';
import type { Comparison } from '../comparison/comparison.js';
import { receiptText } from './receipt-text.js';
import { type Effort, timeInTurns } from './time-in-turns.js';

/** What strict reading, from bytes on, and canonical writing cost above the runtime's own reader and writer. */
export function compareJson(positionCount: number, effort: Effort): Comparison[] {
  const text = receiptText(positionCount);
  const bytes = new TextEncoder().encode(text);
  const document: unknown = JSON.parse(text);
  const reading = [
    {
      name: 'JSON.parse',
      lacks: 'takes what others read differently',
      run: () => JSON.parse(text),
    },
    { name: 'readStrictJson', run: () => readStrictJson(bytes, 32) },
  ];
  const writing = [
    { name: 'JSON.stringify', lacks: 'as many texts as orders of keys', run: () => JSON.stringify(document) },
    { name: 'canonicalJson', run: () => canonicalJson(document) },
  ];
  const what = `receipt of ${positionCount} positions`;
  return [
    {
      what: `${what}, JSON to document`,
      unit: 'µs',
      contestants: timeInTurns(reading, effort),
      bars: [{ kind: 'at most', ratio: 2, of: 'readStrictJson', to: ['JSON.parse'] }],
    },
    {
      what: `${what}, document to JSON`,
      unit: 'µs',
      contestants: timeInTurns(writing, effort),
      bars: [{ kind: 'at most', ratio: 2, of: 'canonicalJson', to: ['JSON.stringify'] }],
    },
  ];
}
