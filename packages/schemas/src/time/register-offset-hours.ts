import { type Country, countryOf } from '../receipt/enumerations/country-of.js';
import type { ReceiptFormat } from '../receipt/enumerations/receipt-formats.js';

const offsetHours: Readonly<Record<Country, number>> = { ru: 3, uz: 5 };

/** The zone of the register's clock, in hours ahead of UTC: Moscow for Russian formats, Tashkent for Uzbek ones. */
export function registerOffsetHours(format: ReceiptFormat): number {
  return offsetHours[countryOf(format)];
}
