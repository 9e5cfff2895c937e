import { countryOf } from '../enumerations/countries.js';
import { isPrepaid } from '../enumerations/positions.js';
import type { Fault } from '../errors/fault.js';
import { faultOf } from '../rules/rules.js';
import { formatOffsetTime, registerDay, registerOffsetHours } from '../time/register-time.js';
import { calculatedVatCodes, mayBeUsedOn, vatRateOf } from '../vat/vat-rates.js';
import type { PositionRule } from './receipt-rule.js';

const noFaults: readonly Fault[] = [];

/**
 * Requires a VAT rate of the country, the day and the way of payment; the last two of a sale only, since a
 * refund may keep the rate of its sale.
 */
export const vatRule: PositionRule = ({ position: { vat_code, payment_method }, path, draft }, { now }) => {
  const { receipt_format, operation_type } = draft;
  if (vat_code === undefined) return noFaults;
  const country = countryOf(receipt_format);
  const rate = vatRateOf(country, vat_code);
  const place = `${path}.vat_code`;
  if (rate === undefined) return [faultOf('receipt.vat.country', place, vat_code)];
  if (operation_type !== 'sell' && operation_type !== 'buy') return noFaults;
  const isOfToday = mayBeUsedOn(rate, registerDay(now, receipt_format));
  const calculated = country === 'ru' && isPrepaid(payment_method) ? calculatedVatCodes[vat_code] : undefined;
  if (isOfToday && calculated === undefined) return noFaults;
  const faults: Fault[] = [];
  if (!isOfToday) {
    const today = formatOffsetTime(now, registerOffsetHours(receipt_format)).slice(0, 10);
    faults.push(faultOf('receipt.vat.out-of-dates', place, `${vat_code} on ${today}`));
  }
  if (calculated) faults.push(faultOf('receipt.vat.prepayment', place, `${calculated} for ${vat_code}`));
  return faults;
};
