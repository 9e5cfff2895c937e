import { FiscalError, faultsOfZod } from '@fiscalkit/schemas';
import { z } from 'zod';

/** Fields that can be left out of a receipt that is shown, by where they stand. */
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

const plainWays = [
  'cp866',
  'cp866-blank',
  'cp866-drop',
  'yo',
  'upper',
  'lower',
  'html',
  'cut',
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

/** Ways that carry a number, with the least and the most. */
const numberedWays = { cut: [1, 128], late: [0, 3_600_000], page: [1, 100] } as const;

type OmittableField = (typeof omittableFields.receipt)[number] | (typeof omittableFields.position)[number];

/** A way in which the emulated receipts API shows, lists or takes receipts, other than letter by letter. */
export type WritingWay =
  | (typeof plainWays)[number]
  | `${keyof typeof numberedWays}:${number}`
  | `without:${OmittableField}`;

const fields: readonly string[] = [...omittableFields.receipt, ...omittableFields.position];
/** What can be chosen, in words. */
export const writingChoices = `a way of writing is one of ${[
  ...plainWays,
  ...Object.entries(numberedWays).map(([name, [least, most]]) => `${name}:N (${least} to ${most})`),
  `without:FIELD (${fields.join(', ')})`,
].join(', ')}`;

/** Ways of writing one after the other; a later one finds what the earlier ones have made. */
export const writingSchema = z.array(z.custom<WritingWay>(isWritingWay)).max(64);

function isWritingWay(value: unknown): value is WritingWay {
  if (typeof value !== 'string') return false;
  if (plainWays.some((way) => way === value)) return true;
  const [name = '', argument = ''] = splitWay(value);
  if (name === 'without') return fields.includes(argument);
  const [, [least, most]] = Object.entries(numberedWays).find(([each]) => each === name) ?? ['', [1, 0]];
  return /^\d{1,7}$/.test(argument) && Number(argument) >= least && Number(argument) <= most;
}

/** The number of the last way of that name; `null` when there is none. */
export function numberIn(writing: readonly WritingWay[], name: keyof typeof numberedWays): number | null {
  const way = writing.findLast((each) => each.startsWith(`${name}:`));
  return way === undefined ? null : Number(splitWay(way)[1]);
}

/** The fields that ways of writing leave out. */
export function omittedFields(writing: readonly WritingWay[]): ReadonlySet<string> {
  const omitting = writing.filter((way) => way.startsWith('without:'));
  return new Set(omitting.map((way) => splitWay(way)[1] ?? ''));
}

/** How the list answers, whatever it lists. */
export function isOfList(way: WritingWay): boolean {
  return way === 'no-filter' || way.startsWith('page:');
}

/** How a receipt is shown from its registration on. */
export function isOfReceipt(way: WritingWay): boolean {
  return !isOfList(way) && way !== 'refuse-repeats';
}

function splitWay(way: string): string[] {
  return way.split(':', 2);
}

/** Checks a list of ways of writing. Throws `sandbox.writing.invalid` naming every fault. */
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
