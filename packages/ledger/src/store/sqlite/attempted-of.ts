import type { Reason } from '@fiscalkit/client';
import type { DeliveryRow } from '../entry-row.js';

/** What a row tells of attempts that were never found out. */
export function attemptedOf({ attempts, reason }: Pick<DeliveryRow, 'attempts' | 'reason'>) {
  return { attempts, reason: reason === null ? null : (JSON.parse(reason) as Reason) };
}
