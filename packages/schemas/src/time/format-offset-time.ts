import { civilTimeOf } from './calendar.js';
import { twoDigits } from './two-digits.js';

/** Writes an instant in ISO 8601 with the offset of the clocks meant, to the second: `2023-03-29T17:37:00+03:00`. */
export function formatOffsetTime(instant: Date, offsetHours: number): string {
  const { year, month, day, hour, minute, second } = civilTimeOf(instant, offsetHours);
  const date = [String(year).padStart(4, '0'), twoDigits(month), twoDigits(day)].join('-');
  const sign = offsetHours < 0 ? '-' : '+';
  return `${date}T${[hour, minute, second].map(twoDigits).join(':')}${sign}${twoDigits(Math.abs(offsetHours))}:00`;
}
