import { dayOf } from '../time/day-of.js';
import { type VatRate, vatRates } from './vat-rates.js';

/** First and last day of a rate, counted like the register's days. */
type Days = readonly [first: number | null, last: number | null];

/** Counted once, since every position of every receipt is held against them. */
const daysOfRates = new Map<VatRate, Days>(vatRates.map((rate) => [rate, daysOf(rate)]));

/** Whether a sale may carry the rate on a day of the register's calendar. */
export function mayBeUsedOn(rate: VatRate, day: number): boolean {
  const [first, last] = daysOfRates.get(rate) ?? daysOf(rate);
  return (first === null || first <= day) && (last === null || day <= last);
}

function daysOf({ from, until }: VatRate): Days {
  return [from === null ? null : dayOf(from), until === null ? null : dayOf(until)];
}
