import { maximumAmountMinor } from '../enumerations/countries.js';
import type { Fault } from '../errors/fault.js';
import { formatAmount, parseAmount } from '../money/amount.js';
import { faultOf } from '../rules/rules.js';
import { dayOf } from '../time/calendar.js';
import { registerDay } from '../time/register-time.js';
import { merchantRule, placeholderRule } from '../validation/party-rules.js';
import { isAbsent, type ValidationContext } from '../validation/receipt-rule.js';
import { settlementsRule, totalRule } from '../validation/sum-rules.js';
import { validateBy } from '../validation/validate-receipt.js';
import { vatIncluded } from '../vat/vat.js';
import { vatRateOf } from '../vat/vat-rates.js';
import { turnoverOf } from './calculate-correction.js';
import type { CorrectionDraft, CorrectionFormat } from './correction.js';

type FormattedDraft = Omit<CorrectionDraft, 'receipt_format' | 'operation_type'> & {
  readonly receipt_format: CorrectionFormat;
};

/**
 * Checks the fields of a calculated draft against each other and returns all faults and warnings at once. A
 * rule is skipped only if a value that it reads is unknown.
 */
export function validateCorrection(draft: CorrectionDraft, context: ValidationContext): Fault[] {
  const { receipt_format, operation_type: _, ...rest } = draft;
  if (receipt_format === undefined) return [];
  const formatted = { ...rest, receipt_format };
  return [
    ...baseFaults(formatted, context),
    ...(receipt_format === 'ru_1_05'
      ? plainFaults(formatted, context)
      : // A buyer need not be named: a correction goes to nobody. Rates are judged by the day of the base.
        validateBy([merchantRule, placeholderRule, totalRule, settlementsRule], formatted, context)),
    ...rateFaults(formatted),
  ];
}

const base = '$.correction_info';

/** Requires the number of an order, and of nothing else, and a day that a register can write. */
function baseFaults(
  { correction_info, receipt_format }: FormattedDraft,
  context: ValidationContext,
): Fault[] {
  const { type, base_date, base_number } = correction_info ?? {};
  const number = `${base}.base_number`;
  const faults: Fault[] = [];
  if (type === 'instruction' && isAbsent(base_number, number, context))
    faults.push(faultOf('correction.base.number.missing', number));
  if (type === 'self' && base_number !== undefined)
    faults.push(faultOf('correction.base.number.unexpected', number));
  if (base_date === undefined) return faults;
  const day = dayOf(base_date);
  if (day < 0) faults.push(faultOf('correction.base.past', `${base}.base_date`));
  if (day > registerDay(context.now, receipt_format))
    faults.push(faultOf('correction.base.future', `${base}.base_date`));
  return faults;
}

/** Checks the sums of a correction without positions. */
function plainFaults(draft: FormattedDraft, context: ValidationContext): Fault[] {
  const expectedTotal = turnoverOf(draft);
  const sums = { ...context, expectedTotal };
  return [
    ...merchantRule(draft, sums),
    ...placeholderRule(draft, sums),
    ...totalFaults(draft, expectedTotal),
    ...settlementsRule(draft, sums),
    ...vatFaults(draft),
  ];
}

/** Requires a total that is the sum of the turnovers, above zero and within the limit. */
function totalFaults({ total }: FormattedDraft, expected: number | undefined): Fault[] {
  if (expected === undefined) return [];
  if (expected > maximumAmountMinor.ru) return [faultOf('amount.range', '$.total')];
  if (expected === 0) return [faultOf('receipt.total.zero', '$.total')];
  if (total === undefined || parseAmount(total) === expected) return [];
  return [faultOf('correction.total.mismatch', '$.total', `they add up to ${formatAmount(expected)}`)];
}

/** Requires each rate once, and a VAT that may be in its turnover; warns of one that is not calculated from it. */
function vatFaults({ vat_totals = [] }: FormattedDraft): Fault[] {
  const faults: Fault[] = [];
  const seen = new Set<string>();
  vat_totals.forEach((each, index) => {
    const { vat_code, turnover, vat } = each ?? {};
    if (vat_code === undefined) return;
    const path = `$.vat_totals[${index}]`;
    if (seen.has(vat_code)) faults.push(faultOf('correction.vat.repeated', `${path}.vat_code`));
    seen.add(vat_code);
    if (turnover === undefined || vat === undefined) return;
    const calculated = vatIncluded(parseAmount(turnover), vat_code);
    const given = parseAmount(vat);
    if (given === calculated) return;
    const isImpossible = given > parseAmount(turnover) || vatRateOf('ru', vat_code)?.numerator === 0;
    const code = isImpossible ? 'correction.vat.exceeds' : 'correction.vat.differs';
    faults.push(faultOf(code, `${path}.vat`, `calculated ${formatAmount(calculated)}`));
  });
  return faults;
}

/** Warns of rates that were introduced after the day of the base; one that has ended may still be corrected. */
function rateFaults({ correction_info, positions = [], vat_totals = [] }: FormattedDraft): Fault[] {
  const baseDate = correction_info?.base_date;
  if (baseDate === undefined) return [];
  const places = [
    ...positions.map((each, index) => ({ code: each?.vat_code, path: `$.positions[${index}].vat_code` })),
    ...vat_totals.map((each, index) => ({ code: each?.vat_code, path: `$.vat_totals[${index}].vat_code` })),
  ];
  return places.flatMap(({ code, path }) => {
    const from = code === undefined ? null : (vatRateOf('ru', code)?.from ?? null);
    return from !== null && baseDate < from
      ? [faultOf('correction.vat.before-rate', path, `${code} since ${from}`)]
      : [];
  });
}
