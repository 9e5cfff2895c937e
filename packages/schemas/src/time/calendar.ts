/** Parts of a civil time, month counted from 1. */
export interface CivilTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const hourMs = 3_600_000;

/** Returns the civil time on clocks at an offset from UTC. */
export function civilTimeOf(instant: Date, offsetHours: number): CivilTime {
  const shifted = new Date(instant.getTime() + offsetHours * hourMs);
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    second: shifted.getUTCSeconds(),
  };
}

/** Returns the instant of a civil time on clocks at an offset; `null` if the calendar has no such time. */
export function instantOf(civil: CivilTime, offsetHours: number): Date | null {
  const { year, month, day, hour, minute, second } = civil;
  const shown = Date.UTC(year, month - 1, day, hour, minute, second);
  const instant = new Date(shown - offsetHours * hourMs);
  const back = civilTimeOf(instant, offsetHours);
  const exists = Object.entries(civil).every(([part, value]) => back[part as keyof CivilTime] === value);
  return exists ? instant : null;
}

/** Writes a part of a time with two digits: 7 is `07`. */
export function twoDigits(part: number): string {
  return String(part).padStart(2, '0');
}

/** Milliseconds of a day on calendars that count no leap seconds. */
export const dayMs = 86_400_000;

/** Counts the days from 1970-01-01 to one written `YYYY-MM-DD`. */
export function dayOf(date: string): number {
  return Date.parse(date) / dayMs;
}
