import { z } from 'zod';
import { receiptStatuses } from '../enumerations/receipts.js';
import { structural } from '../schema/issue-codes.js';

/** The provider's page prints no word for failure; these are those of its other products and its peers. */
const failures: readonly string[] = ['failed', 'fail', 'error', 'canceled', 'cancelled'];

/** How far the provider says that a receipt has come. A word that nobody knows is refused, not guessed. */
export const providerStatus = z
  .string(structural)
  .transform((word) => word.trim().toLowerCase())
  .transform((word) => (failures.includes(word) ? 'rejected' : word))
  .pipe(z.enum(receiptStatuses, structural));
