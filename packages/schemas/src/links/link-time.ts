import { errorOf } from '../rules/rules.js';
import { civilTimeOf, instantOf, twoDigits } from '../time/calendar.js';
import { formatOffsetTime } from '../time/register-time.js';

/** Reads `yyyyMMddHHmmss`, seconds optional, as a time on the register's clock, in ISO 8601 with its offset. */
export function readLinkTime(digits: string, offsetHours: number): string {
  const part = (from: number, to: number) => Number(digits.slice(from, to));
  const instant = instantOf(
    {
      year: part(0, 4),
      month: part(4, 6),
      day: part(6, 8),
      hour: part(8, 10),
      minute: part(10, 12),
      second: part(12, 14),
    },
    offsetHours,
  );
  if (instant === null) throw errorOf('link.date');
  return formatOffsetTime(instant, offsetHours);
}

/** Writes the time of a mark as `yyyyMMddHHmmss` on the register's clock. */
export function writeLinkTime(registeredAt: string, offsetHours: number): string {
  const { year, month, day, hour, minute, second } = civilTimeOf(new Date(registeredAt), offsetHours);
  return String(year).padStart(4, '0') + [month, day, hour, minute, second].map(twoDigits).join('');
}
