import { faultOf } from '../../rules/fault-of.js';
import { formatOffsetTime } from '../../time/format-offset-time.js';
import { registerDay } from '../../time/register-day.js';
import { registerOffsetHours } from '../../time/register-offset-hours.js';
import { mayBeUsedOn } from '../../vat/may-be-used-on.js';
import { vatRateOf } from '../../vat/vat-rate-of.js';
import { countryOf } from '../enumerations/country-of.js';
import type { PositionRule } from './receipt-rule.js';

/** The VAT rate is one of the country, and of the day: a sale only, since a refund may keep the rate of its sale. */
export const vatRule: PositionRule = ({ position: { vat_code }, path, draft }, { now }) => {
  const { receipt_format, operation_type } = draft;
  if (vat_code === undefined) return [];
  const rate = vatRateOf(countryOf(receipt_format), vat_code);
  if (rate === undefined) return [faultOf('receipt.vat.country', `${path}.vat_code`, vat_code)];
  if (operation_type !== 'sell' && operation_type !== 'buy') return [];
  if (mayBeUsedOn(rate, registerDay(now, receipt_format))) return [];
  const today = formatOffsetTime(now, registerOffsetHours(receipt_format)).slice(0, 10);
  return [faultOf('receipt.vat.out-of-dates', `${path}.vat_code`, `${vat_code} on ${today}`)];
};
