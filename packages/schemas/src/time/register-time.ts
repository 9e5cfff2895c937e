import { type Country, countryOf, type ReceiptFormat } from '../enumerations/countries.js';
import { civilTimeOf, dayMs, twoDigits } from './calendar.js';

const offsetHours: Readonly<Record<Country, number>> = { ru: 3, uz: 5 };

/**
 * Returns the zone of the register's clock, in hours ahead of UTC: Moscow for Russian formats, Tashkent for
 * Uzbek ones.
 */
export function registerOffsetHours(format: ReceiptFormat): number {
  return offsetHours[countryOf(format)];
}

const hourMs = dayMs / 24;

/** Returns the day of an instant on the register's calendar, counted from 1970-01-01. */
export function registerDay(instant: Date, format: ReceiptFormat): number {
  return Math.floor((instant.getTime() + registerOffsetHours(format) * hourMs) / dayMs);
}

/** Writes an instant in ISO 8601, to the second, with an offset: `2023-03-29T17:37:00+03:00`. */
export function formatOffsetTime(instant: Date, offsetHours: number): string {
  const { year, month, day, hour, minute, second } = civilTimeOf(instant, offsetHours);
  const date = [String(year).padStart(4, '0'), twoDigits(month), twoDigits(day)].join('-');
  const sign = offsetHours < 0 ? '-' : '+';
  return `${date}T${[hour, minute, second].map(twoDigits).join(':')}${sign}${twoDigits(Math.abs(offsetHours))}:00`;
}
