/**
 * Kinds of events: `receipt.*` of receipts, `correction.*` of corrections, `payment.*` of payment confirmations,
 * each in the order of its happening.
 */
export const fiscalEventKinds = [
  'receipt.accepted',
  'receipt.held',
  'receipt.registered',
  'receipt.rejected',
  'receipt.unknown-for-long',
  'receipt.overdue',
  'correction.accepted',
  'correction.registered',
  'correction.rejected',
  'correction.unknown-for-long',
  'correction.overdue',
  'payment.accepted',
  'payment.confirmed',
  'payment.rejected',
  'payment.unknown-for-long',
  'payment.overdue',
] as const;

export type FiscalEventKind = (typeof fiscalEventKinds)[number];
