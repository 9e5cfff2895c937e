import type { Registration } from '@fiscalkit/client';
import type { EntryState } from '../entry/entry.js';
import { eventId, type FiscalEventKind } from '../entry/fiscal-event.js';

/** An event of a merchant, with its entry as it is now. Nothing in it is of the buyer. */
export interface LoggedEvent {
  /** Number of the event among those of its merchant: 1, 2, 3, … */
  readonly position: number;
  readonly id: string;
  readonly kind: FiscalEventKind;
  readonly at: Date;
  readonly entryId: string;
  readonly operation: string;
  readonly operationType: string | null;
  readonly paymentId: string;
  readonly state: EntryState;
  readonly registration: Registration | null;
  readonly reasonCode: string | null;
}

export interface EventLogQuery {
  readonly merchant: string;
  /** Least position. */
  readonly from: number;
  readonly limit: number;
  /**
   * Least time; any when absent. Times do not rise with every position: what was committed late is earlier
   * than what is before it, and clocks are set.
   */
  readonly since?: Date;
}

/** Events in the order of their positions, with the state of the log at the same moment. */
export interface EventLogPage {
  /** Whether events are written at this time: otherwise, nothing says what happened since. */
  readonly isWritten: boolean;
  /** Rises when events are written again after they were not. */
  readonly generation: number;
  /** Position of the merchant's last event, whether it is still kept or not; 0 before the first. */
  readonly last: number;
  readonly events: readonly LoggedEvent[];
}

/**
 * Log of all events, for whoever reads them later. Positions are given in the order in which transactions
 * become visible: an event that is committed late has a later position, and none is ever put before another.
 * So who has read up to a position has read everything up to it.
 */
export interface EventLog {
  /**
   * Switches the writing of events on or off, for all processes. An event is then written in the transaction
   * of its cause. Switching it on begins a new generation, without the events of the last.
   */
  write(isWritten: boolean): Promise<void>;
  /**
   * Gives positions to events that have been committed since. Returns whether there may be more.
   */
  place(): Promise<boolean>;
  /** Reads events that have positions; never delays writes. */
  read(query: EventLogQuery): Promise<EventLogPage>;
  /** Returns the position of the last event of each of these merchants; 0 before the first. */
  last(merchants: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Deletes events that are older, of each merchant the first. Returns whether there may be more. */
  forget(olderThanMs: number): Promise<boolean>;
  /** Calls back when another process may have written or placed events. Returns an unsubscribe function. */
  onPlaced(listener: () => void): () => void;
}

/** A table row of a page: times in milliseconds, the registration as JSON. Without an event, only its state. */
export interface EventLogRow {
  readonly is_written: boolean | number;
  readonly generation: number;
  readonly last: number;
  readonly position: number | null;
  readonly kind: FiscalEventKind;
  readonly event_version: number;
  readonly at: number;
  readonly id: string;
  readonly operation: string;
  readonly operation_type: string | null;
  readonly payment_id: string;
  readonly state: EntryState;
  readonly registration: string | null;
  readonly reason_code: string | null;
}

/** Reads table rows as a page; there is always one. */
export function eventLogPageOf(rows: readonly EventLogRow[]): EventLogPage {
  const [{ is_written, generation, last } = { is_written: false, generation: 0, last: 0 }] = rows;
  return {
    isWritten: Boolean(is_written),
    generation,
    last,
    events: rows.flatMap((row) => loggedEventOf(row) ?? []),
  };
}

function loggedEventOf(row: EventLogRow): LoggedEvent | null {
  if (row.position === null) return null;
  return {
    position: row.position,
    id: eventId(row.id, row.event_version, row.kind),
    kind: row.kind,
    at: new Date(row.at),
    entryId: row.id,
    operation: row.operation,
    operationType: row.operation_type,
    paymentId: row.payment_id,
    state: row.state,
    registration: row.registration === null ? null : JSON.parse(row.registration),
    reasonCode: row.reason_code,
  };
}
