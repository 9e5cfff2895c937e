import { checkReceipt, type Receipt, readStrictJson } from '@fiscalkit/schemas';
import type { Comparison } from '../comparison/comparison.js';
import { ajvCheck } from './check-with-ajv.js';
import { receiptText } from './receipt-text.js';
import { type Effort, timeInTurns } from './time-in-turns.js';

const alone = 'JSON.parse alone';
const checked = 'JSON.parse and checkReceipt';

/** From text to a checked receipt with its sums, against reading the text alone and against the published schema. */
export function compareChecks(positionCount: number, effort: Effort): Comparison {
  const text = receiptText(positionCount);
  const bytes = new TextEncoder().encode(text);
  const checkWithAjv = ajvCheck();
  const runners = [
    { name: alone, lacks: 'checks nothing', run: () => JSON.parse(text) },
    { name: checked, run: () => receiptOf(JSON.parse(text)) },
    { name: 'readStrictJson and checkReceipt', run: () => receiptOf(strictly(bytes)) },
    {
      name: 'JSON.parse, Ajv and our arithmetic',
      lacks: 'first fault only, no check digits, VAT dates or normal forms',
      run: () => checkWithAjv(JSON.parse(text)),
    },
  ];
  return {
    what: `receipt of ${positionCount} positions, text to checked document`,
    unit: 'µs',
    contestants: timeInTurns(runners, effort),
    bars: [{ kind: 'at most', ratio: 3, of: checked, to: [alone] }],
  };
}

function receiptOf(document: unknown): Receipt {
  const result = checkReceipt(document);
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result.receipt;
}

function strictly(bytes: Uint8Array): unknown {
  const reading = readStrictJson(bytes, 32);
  if (!reading.ok) throw new Error(reading.flaw);
  return reading.value;
}
