import type { ReceiptFormat } from '../receipt/enumerations/receipt-formats.js';
import { dayMs } from './day-ms.js';
import { registerOffsetHours } from './register-offset-hours.js';

const hourMs = dayMs / 24;

/** The day that the register's calendar shows at an instant, counted from 1970-01-01. */
export function registerDay(instant: Date, format: ReceiptFormat): number {
  return Math.floor((instant.getTime() + registerOffsetHours(format) * hourMs) / dayMs);
}
