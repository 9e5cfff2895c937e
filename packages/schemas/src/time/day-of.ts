import { dayMs } from './day-ms.js';

/** A day that is written `YYYY-MM-DD`, counted from 1970-01-01. */
export function dayOf(date: string): number {
  return Date.parse(date) / dayMs;
}
