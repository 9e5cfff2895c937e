import { FiscalError, faultsOfZod } from '@fiscalkit/schemas';
import { z } from 'zod';

/** Fields that can be left out of a shown receipt and of its positions. */
export const omittableFields = {
  receipt: [
    'created_at',
    'positions',
    'settlements',
    'total',
    'payment_id',
    'merchant_id',
    'operation_type',
    'receipt_format',
    'company',
  ],
  position: ['name', 'quantity', 'price', 'sum', 'measure', 'vat_code', 'payment_method', 'payment_object'],
} as const;

const waysOfNames = ['cp866', 'cp866-blank', 'cp866-drop', 'yo', 'upper', 'lower', 'html', 'cut'] as const;

const plainWays = [
  ...waysOfNames,
  'reversed',
  'number-ids',
  'text-numbers',
  'long-quantities',
  'upper-words',
  'minor-total',
  'own-id-filter',
  'no-filter',
  'refuse-repeats',
] as const;

/** Ways that carry a number, with its minimum and maximum. */
const numberedWays = { cut: [1, 128], late: [0, 3_600_000], page: [1, 100] } as const;

type OmittableField = (typeof omittableFields.receipt)[number] | (typeof omittableFields.position)[number];

/** A way in which the emulated receipts API shows, lists or accepts receipts other than as sent. */
export type WritingWay =
  | (typeof plainWays)[number]
  | `${keyof typeof numberedWays}:${number}`
  | `without:${OmittableField}`;

const fields: readonly string[] = [...omittableFields.receipt, ...omittableFields.position];

/** All ways of writing, for error messages. */
export const writingChoices = `a way of writing is one of ${[
  ...plainWays,
  ...Object.entries(numberedWays).map(([name, [min, max]]) => `${name}:N (${min} to ${max})`),
  `without:FIELD (${fields.join(', ')})`,
].join(', ')}`;

/** Schema of a list of ways of writing; each applies to the result of the earlier ones. */
export const writingSchema = z.array(z.custom<WritingWay>(isWritingWay)).max(64);

function isWritingWay(value: unknown): value is WritingWay {
  if (typeof value !== 'string') return false;
  if (plainWays.some((way) => way === value)) return true;
  const [name = '', argument = ''] = splitWay(value);
  if (name === 'without') return fields.includes(argument);
  const [, [min, max]] = Object.entries(numberedWays).find(([each]) => each === name) ?? ['', [1, 0]];
  return /^\d{1,7}$/.test(argument) && Number(argument) >= min && Number(argument) <= max;
}

/** Returns the number of the last way of that name; `null` if there is none. */
export function numberIn(writing: readonly WritingWay[], name: keyof typeof numberedWays): number | null {
  const way = writing.findLast((each) => each.startsWith(`${name}:`));
  return way === undefined ? null : Number(splitWay(way)[1]);
}

/** Returns the fields that the ways of writing leave out. */
export function omittedFields(writing: readonly WritingWay[]): ReadonlySet<string> {
  const omitting = writing.filter((way) => way.startsWith('without:'));
  return new Set(omitting.map((way) => splitWay(way)[1] ?? ''));
}

/** Returns whether a way changes the answer of the list, independent of its receipts. */
export function isOfList(way: WritingWay): boolean {
  return way === 'no-filter' || way.startsWith('page:');
}

/** Returns whether a way changes the names of positions. */
export function isOfNames(way: WritingWay): boolean {
  return waysOfNames.some((each) => each === way) || way.startsWith('cut:');
}

/** Returns whether a way is fixed for a receipt at its registration. */
export function isOfReceipt(way: WritingWay): boolean {
  return !isOfList(way) && way !== 'refuse-repeats';
}

function splitWay(way: string): string[] {
  return way.split(':', 2);
}

/** Parses a list of ways of writing. Throws `sandbox.writing.invalid` with every fault in it. */
export function readWriting(input: unknown): WritingWay[] {
  const reading = writingSchema.safeParse(input);
  if (reading.success) return reading.data;
  throw new FiscalError({
    code: 'sandbox.writing.invalid',
    message: `the ways of writing have faults: ${writingChoices}`,
    retryable: false,
    faults: faultsOfZod(reading.error),
  });
}
