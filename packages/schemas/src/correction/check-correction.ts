import { type Fault, maximumFaults } from '../errors/fault.js';
import { isRecord } from '../json/plain-object.js';
import { absentRemover } from '../schema/absent-members.js';
import { faultsOfZod } from '../schema/faults-of-zod.js';
import type { CheckReceiptOptions } from '../validation/check-receipt.js';
import { documentReader, withDefaults } from '../validation/normalise-receipt.js';
import type { ValidationContext } from '../validation/receipt-rule.js';
import { calculateCorrection } from './calculate-correction.js';
import type { Correction, CorrectionDraft } from './correction.js';
import { validateCorrection } from './correction-rules.js';
import {
  fullCorrectionSchema,
  markedCorrectionSchema,
  type NormalisedCorrection,
  plainCorrectionSchema,
} from './correction-schema.js';

/** Options of a check. */
export type CheckCorrectionOptions = Omit<CheckReceiptOptions, 'receiptMethod'>;

/** Result of a check. */
export type CheckedCorrection =
  | { readonly ok: true; readonly correction: Correction; readonly warnings: readonly Fault[] }
  | { readonly ok: false; readonly faults: readonly Fault[]; readonly warnings: readonly Fault[] };

/**
 * Checks a correction: normalises, calculates, validates. Returns it in its normal form, or all its faults at
 * once (up to a thousand), by JSON path and with permanent codes. Never throws because of the document.
 */
export function checkCorrection(input: unknown, options: CheckCorrectionOptions = {}): CheckedCorrection {
  const { now = new Date(), merchantId, warningsAsFaults = false } = options;
  const normalised = normaliseCorrection(input, options);
  const draft = calculateCorrection(normalised.draft);
  const unreadable: ValidationContext['unreadable'] = new Set(normalised.faults.map(({ path }) => path));
  const found = [...normalised.faults, ...validateCorrection(draft, { now, merchantId, unreadable })];
  const stops = ({ severity }: Fault) => warningsAsFaults || severity === 'fault';
  const faults = found.filter(stops).slice(0, maximumFaults);
  const warnings = found.filter((fault) => !stops(fault));
  // Without faults a draft has every required field, and its sums are filled in.
  return faults.length > 0
    ? { ok: false, faults, warnings }
    : { ok: true, correction: draft as Correction, warnings };
}

const readers = new Map<unknown, ReturnType<typeof documentReader<NormalisedCorrection, CorrectionDraft>>>([
  ['ru_1_05', documentReader<NormalisedCorrection, CorrectionDraft>(plainCorrectionSchema)],
  ['ru_1_2', documentReader<NormalisedCorrection, CorrectionDraft>(markedCorrectionSchema)],
]);
const removeAbsent = absentRemover(fullCorrectionSchema);

function normaliseCorrection(
  input: unknown,
  { merchantId, company }: CheckCorrectionOptions,
): { readonly draft: CorrectionDraft; readonly faults: readonly Fault[] } {
  const present = removeAbsent(input);
  const document = isRecord(present) ? filled(present, { merchantId, company }) : present;
  const reader = isRecord(document) ? readers.get(document.receipt_format) : undefined;
  const { success, data, error } = reader?.read(document) ?? fullCorrectionSchema.safeParse(document);
  if (success) return { draft: data, faults: [] };
  return { draft: reader?.parseLeniently(document) ?? {}, faults: faultsOfZod(error) };
}

/** Fills in what the configuration says, as far as the format has a place for it. */
function filled(
  input: Readonly<Record<string, unknown>>,
  { merchantId, company }: Pick<CheckCorrectionOptions, 'merchantId' | 'company'>,
): Record<string, unknown> {
  if (company === undefined || input.receipt_format !== 'ru_1_05')
    return withDefaults(input, { merchantId, company });
  const { email: _, ...withoutEmail } = company;
  return withDefaults(input, { merchantId, company: withoutEmail });
}
