import { errorOf } from '../rules/rules.js';
import { civilTimeOf, instantOf, twoDigits } from './calendar.js';

/**
 * Writes an instant as the receipts API does: `29.03.2023 17:37:00`, on clocks `offsetHours` ahead of UTC.
 */
export function formatWireTime(instant: Date, offsetHours: number): string {
  const { year, month, day, hour, minute, second } = civilTimeOf(instant, offsetHours);
  const date = [twoDigits(day), twoDigits(month), String(year).padStart(4, '0')].join('.');
  return `${date} ${[hour, minute, second].map(twoDigits).join(':')}`;
}

const wireTime = /^(\d{2})\.(\d{2})\.(\d{4}) ?(\d{2}):(\d{2}):(\d{2})$/;

/**
 * Reads a time of the receipts API, with and without the blank: `29.03.2023 17:37:00`, `30.03.202315:20:00`.
 * Throws a `FiscalError` with `time.format`, also for a time that the calendar does not have.
 */
export function parseWireTime(text: string, offsetHours: number): Date {
  const [, day, month, year, hour, minute, second] = (wireTime.exec(text) ?? []).map(Number);
  const civil = { year, month, day, hour, minute, second };
  const instant = isComplete(civil) ? instantOf(civil, offsetHours) : null;
  if (instant === null) throw errorOf('time.format');
  return instant;
}

type DateFields = Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', number | undefined>;

function isComplete(parts: DateFields): parts is Record<keyof DateFields, number> {
  return Object.values(parts).every((part) => part !== undefined);
}

/** Form of the times of the receipts API: `29.03.2023 17:37:00`. */
export const wireTimePattern = /^\d{2}\.\d{2}\.\d{4} \d{2}:\d{2}:\d{2}$/;

/** Zone of creation times if neither the request nor the merchant names one: Tashkent, UTC+5. */
export const defaultUtcOffsetHours = 5;
