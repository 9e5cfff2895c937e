import { readPublished } from '@fiscalkit/json-schema';
import {
  amountToNumber,
  canonicalJson,
  checkReceipt,
  multiplyAmount,
  parseAmount,
  parseQuantity,
  type Receipt,
  readStrictJson,
} from '@fiscalkit/schemas';
import { sampleSale } from '@fiscalkit/testing';
import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import type { Benchmark, Candidate, Comparison } from '../benchmark.js';

/** How much is measured. */
interface Effort {
  readonly warmUpRounds: number;
  readonly rounds: number;
  /** One sample is the mean of so many calls. */
  readonly calls: number;
}

/** Positions of a receipt, and calls for one sample: samples of about equal length. */
const sizes = [
  { positionCount: 2, calls: 50 },
  { positionCount: 100, calls: 3 },
];

const full = { warmUpRounds: 300, rounds: 3_000 };
const quick = { warmUpRounds: 20, rounds: 50 };

/** Measures what the check of a receipt costs above reading its text. */
export const parse: Benchmark = {
  name: 'parse',
  title: 'receipt from JSON text to checked document with calculated totals, 2 and 100 positions',
  measure({ quick: isQuick, onProgress }) {
    const effort = isQuick ? quick : full;
    onProgress('receipts of 2 and of 100 positions: read, checked, written');
    const comparisons = sizes.flatMap(({ positionCount, calls }) => [
      compareChecks(positionCount, { ...effort, calls }),
      ...compareJson(positionCount, { ...effort, calls }),
    ]);
    return Promise.resolve(comparisons);
  },
};

const alone = 'JSON.parse alone';
const checked = 'JSON.parse and checkReceipt';

/** Compares text to checked receipt with sums, reading the text alone, and the published schema. */
function compareChecks(positionCount: number, effort: Effort): Comparison {
  const text = receiptText(positionCount);
  const bytes = new TextEncoder().encode(text);
  const checkWithAjv = ajvCheck();
  const runners = [
    { name: alone, weakerGuarantee: 'checks nothing', run: () => JSON.parse(text) },
    { name: checked, run: () => receiptOf(JSON.parse(text)) },
    { name: 'readStrictJson and checkReceipt', run: () => receiptOf(strictly(bytes)) },
    {
      name: 'JSON.parse, Ajv and our arithmetic',
      weakerGuarantee: 'first fault only, no check digits, VAT dates or normal forms',
      run: () => checkWithAjv(JSON.parse(text)),
    },
  ];
  return {
    what: `receipt of ${positionCount} positions, text to checked document`,
    unit: 'µs',
    candidates: timeInterleaved(runners, effort),
    thresholds: [{ kind: 'at most', ratio: 3, of: checked, to: [alone] }],
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

/** Compares strict reading, from bytes on, and canonical writing with the runtime's own reader and writer. */
function compareJson(positionCount: number, effort: Effort): Comparison[] {
  const text = receiptText(positionCount);
  const bytes = new TextEncoder().encode(text);
  const document: unknown = JSON.parse(text);
  const reading = [
    {
      name: 'JSON.parse',
      weakerGuarantee: 'takes what others read differently',
      run: () => JSON.parse(text),
    },
    { name: 'readStrictJson', run: () => readStrictJson(bytes, 32) },
  ];
  const writing = [
    {
      name: 'JSON.stringify',
      weakerGuarantee: 'as many texts as orders of keys',
      run: () => JSON.stringify(document),
    },
    { name: 'canonicalJson', run: () => canonicalJson(document) },
  ];
  const what = `receipt of ${positionCount} positions`;
  return [
    {
      what: `${what}, JSON to document`,
      unit: 'µs',
      candidates: timeInterleaved(reading, effort),
      thresholds: [{ kind: 'at most', ratio: 2, of: 'readStrictJson', to: ['JSON.parse'] }],
    },
    {
      what: `${what}, document to JSON`,
      unit: 'µs',
      candidates: timeInterleaved(writing, effort),
      thresholds: [{ kind: 'at most', ratio: 2, of: 'canonicalJson', to: ['JSON.stringify'] }],
    },
  ];
}

/** Returns a sale of so many positions as it comes over the wire: pairs of those of the usual sale. */
function receiptText(positionCount: number): string {
  const { positions, settlements, ...rest } = sampleSale(764_239_789);
  const pairs = positionCount / positions.length;
  const document = {
    ...rest,
    positions: Array.from({ length: pairs }, () => positions).flat(),
    settlements: settlements.map(({ type, sum }) => ({ type, sum: sum * pairs })),
  };
  return JSON.stringify(document);
}

const schemaName = 'schemas/2020-12/receipt.json';

/**
 * Does what a program in another language does: it compiles the published schema, and fills in and compares
 * the sums itself. Ajv runs with its defaults but for the keywords of our own in the schema; it stops at the
 * first fault.
 */
function ajvCheck(): (document: unknown) => Receipt {
  const ajv = new Ajv2020({ strictSchema: false });
  ajvFormats.default(ajv);
  const isStructured = ajv.compile<Receipt>(Object(readPublished(schemaName)));
  return (document) => {
    if (!isStructured(document)) throw new Error(ajv.errorsText(isStructured.errors));
    return withSums(document);
  };
}

function withSums(receipt: Receipt): Receipt {
  const sums = receipt.positions.map(({ price, quantity }) =>
    multiplyAmount(parseAmount(price), parseQuantity(quantity)),
  );
  const total = sums.reduce((sum, each) => sum + each, 0);
  const settled = receipt.settlements.reduce((sum, each) => sum + parseAmount(each.sum), 0);
  if (settled !== total) throw new Error(`${settled} settled of ${total}`);
  const positions = receipt.positions.map((position, index) => ({
    ...position,
    sum: amountToNumber(sums[index] ?? 0),
  }));
  return { ...receipt, positions, total: amountToNumber(total) } as Receipt;
}

/** One of those that are timed. */
interface Runner extends Omit<Candidate, 'samples'> {
  readonly run: () => unknown;
}

/** Interleaves the runners, round after round in changing order; samples are microseconds per call. */
function timeInterleaved(runners: readonly Runner[], { warmUpRounds, rounds, calls }: Effort): Candidate[] {
  const timed = runners.map(({ run, ...rest }) => ({ ...rest, run, samples: [] as number[] }));
  for (let round = -warmUpRounds; round < rounds; round += 1) {
    for (const { run, samples } of round % 2 === 0 ? timed : timed.toReversed()) {
      const microseconds = timePerCall(run, calls);
      if (round >= 0) samples.push(microseconds);
    }
  }
  return timed.map(({ run: _, ...candidate }) => candidate);
}

function timePerCall(run: () => unknown, calls: number): number {
  const startedAt = performance.now();
  for (let call = 0; call < calls; call += 1) run();
  return ((performance.now() - startedAt) * 1000) / calls;
}
