import { civilTimeOf } from './calendar.js';
import { twoDigits } from './two-digits.js';

/** Writes an instant as the receipts API prints times: `29.03.2023 17:37:00`, on clocks `offsetHours` ahead of UTC. */
export function formatWireTime(instant: Date, offsetHours: number): string {
  const { year, month, day, hour, minute, second } = civilTimeOf(instant, offsetHours);
  const date = [twoDigits(day), twoDigits(month), String(year).padStart(4, '0')].join('.');
  return `${date} ${[hour, minute, second].map(twoDigits).join(':')}`;
}
