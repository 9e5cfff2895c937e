import type { FiscalEventKind } from '@fiscalkit/nestjs';

/** The events that say that a document takes longer than it should, or is held: a person may have to look. */
export const delayKinds = [
  'receipt.held',
  'receipt.unknown-for-long',
  'receipt.overdue',
  'payment.unknown-for-long',
  'payment.overdue',
] as const satisfies readonly FiscalEventKind[];
