import type { FiscalMark, ReceiptStatus } from '@fiscalkit/schemas';
import { wireStatus } from '../entry/entry.js';
import type { FiscalEventKind } from '../entry/fiscal-event.js';
import type { LoggedEvent } from './event-log.js';

/** What programs of the merchant learn of an event; nothing of the buyer. Its entry is as it is now. */
export interface FeedEvent {
  /** The same whenever and wherever the event is shown. */
  readonly id: string;
  readonly type: FiscalEventKind;
  /** When it happened; ISO 8601, UTC. */
  readonly timestamp: string;
  readonly data: {
    /** `null` for the confirmation of a payment. */
    readonly receipt_id: string | null;
    /** Empty for a correction that names none. */
    readonly payment_id: string;
    /** `receipt`, `correction`, `confirmation.anor`, … */
    readonly operation: string;
    /** `sell`, `sell_refund`, `sell_correction`, …; `null` for the confirmation of a payment. */
    readonly operation_type: string | null;
    readonly status: ReceiptStatus;
    /** Proof of registration; `null` before it, and where the provider gives none. */
    readonly mark: FiscalMark | null;
    readonly link: string | null;
    /** Permanent code of why it was rejected; `null` unless it was. */
    readonly reason: string | null;
  };
}

/** Returns an event as programs of the merchant are shown it. */
export function feedEventOf(event: LoggedEvent): FeedEvent {
  const { registration, state, reasonCode } = event;
  return {
    // A point divides the parts of what a webhook signs, so an id has none.
    id: event.id.replaceAll('.', '-'),
    type: event.kind,
    timestamp: event.at.toISOString(),
    data: {
      receipt_id: event.operation.startsWith('confirmation.') ? null : event.entryId,
      payment_id: event.paymentId,
      operation: event.operation,
      operation_type: event.operationType,
      status: wireStatus(state),
      mark: registration?.mark ?? null,
      link: registration?.link ?? null,
      reason: state === 'rejected' ? reasonCode : null,
    },
  };
}
