import { faultOf } from '../../rules/fault-of.js';
import { formatOffsetTime } from '../../time/format-offset-time.js';
import { registerOffsetHours } from '../../time/register-offset-hours.js';
import { vatRateOf } from '../../vat/vat-rate-of.js';
import { countryOf } from '../enumerations/country-of.js';
import type { PositionRule } from './receipt-rule.js';

/** The VAT rate is one of the country, and of the day: a sale only, since a refund may keep the rate of its sale. */
export const vatRule: PositionRule = ({ position, path, draft }, { now }) => {
  const { receipt_format, operation_type } = draft;
  if (position.vat_code === undefined) return [];
  const rate = vatRateOf(countryOf(receipt_format), position.vat_code);
  const place = `${path}.vat_code`;
  if (rate === undefined) return [faultOf('receipt.vat.country', place, position.vat_code)];
  if (operation_type !== 'sell' && operation_type !== 'buy') return [];
  const today = formatOffsetTime(now, registerOffsetHours(receipt_format)).slice(0, 10);
  const applies = (rate.from ?? today) <= today && today <= (rate.until ?? today);
  return applies ? [] : [faultOf('receipt.vat.out-of-dates', place, `${position.vat_code} on ${today}`)];
};
