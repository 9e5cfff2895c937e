import type { Draft } from '../receipt/receipt.js';
import type { CorrectionInput, NormalisedCorrection } from './correction-schema.js';

type Normalised<Format extends CorrectionFormat> = Extract<NormalisedCorrection, { receipt_format: Format }>;

/** Formats that have corrections: those of Russia. */
export type CorrectionFormat = 'ru_1_05' | 'ru_1_2';

/** Correction in FFD 1.05 that is ready to be sent, with the VAT of each rate and the total. */
export type PlainCorrection = Omit<Normalised<'ru_1_05'>, 'vat_totals' | 'total'> & {
  vat_totals: (Normalised<'ru_1_05'>['vat_totals'][number] & { vat: number })[];
  total: number;
};

/** Correction in FFD 1.2 that is ready to be sent, with the sum of each position and the total. */
export type MarkedCorrection = Omit<Normalised<'ru_1_2'>, 'positions' | 'total'> & {
  positions: (Normalised<'ru_1_2'>['positions'][number] & { sum: number })[];
  total: number;
};

/** Correction ready to be sent: checked, in its normal form, with sums and the total. */
export type Correction = PlainCorrection | MarkedCorrection;

type AnyCorrection = Omit<Normalised<'ru_1_2'>, 'receipt_format'> &
  Pick<Normalised<'ru_1_05'>, 'vat_totals'> & { receipt_format: CorrectionFormat };

/** Correction of either format in the making; absent and unreadable fields are `undefined`. */
export type CorrectionDraft = Draft<AnyCorrection>;

type Written<Format extends CorrectionFormat> = Extract<CorrectionInput, { receipt_format: Format }>;

/** Correction but for its lists, which a caller may have frozen, and the merchant, which is filled in. */
type Submitted<Format extends CorrectionFormat, Lists extends keyof Written<Format>> = Omit<
  Written<Format>,
  'merchant_id' | Lists
> & {
  merchant_id?: CorrectionInput['merchant_id'] | null | undefined;
} & {
  [List in Lists]: Written<Format>[List] extends readonly (infer Part)[] ? readonly Part[] : never;
};

/** Correction in FFD 1.05, `ru_1_05`, as submitted: sums without positions. */
export interface RussianCorrectionInput extends Submitted<'ru_1_05', 'settlements' | 'vat_totals'> {}

/** Correction in FFD 1.2, `ru_1_2`, as submitted: with positions, and of refunds too. */
export interface MarkedCorrectionInput extends Submitted<'ru_1_2', 'settlements' | 'positions'> {}

interface CorrectionInputs {
  ru_1_05: RussianCorrectionInput;
  ru_1_2: MarkedCorrectionInput;
}

/** Correction as submitted; the merchant's own `merchant_id` is filled in if absent. */
export type FiscalCorrection<Format extends CorrectionFormat = CorrectionFormat> =
  CorrectionInputs[Format] & {
    receipt_format: Format;
  };

/**
 * Types data of unknown shape, such as a parsed body, as a correction to submit. Nothing is checked here: the
 * service that accepts the correction checks it and throws `correction.invalid` with all faults.
 */
export function uncheckedCorrection(document: unknown): FiscalCorrection {
  return document as FiscalCorrection;
}
