import type { Books } from './books.js';
import { checkConfirmations } from './checks/check-confirmations.js';
import { checkReceipts } from './checks/check-receipts.js';
import { checkRefunds } from './checks/check-refunds.js';
import { checkStored } from './checks/check-stored.js';
import { checkTold } from './checks/check-told.js';
import type { Violation } from './violation.js';

/** Compares the three books with each other and with the plan; nothing is found when nothing went wrong. */
export function reconcile(books: Books): Violation[] {
  return [
    ...checkTold(books),
    ...checkStored(books),
    ...checkReceipts(books),
    ...checkRefunds(books),
    ...checkConfirmations(books),
  ];
}
