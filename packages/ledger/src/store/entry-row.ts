import type { EntryState } from '../entry/entry.js';

/** An entry as the table holds it: times in milliseconds, objects as JSON. */
export interface EntryRow {
  readonly sequence: number;
  readonly id: string;
  readonly merchant: string;
  readonly provider: string;
  readonly account: string;
  readonly operation: string;
  readonly idempotency_key: string;
  readonly content_digest: string;
  readonly claims: string;
  readonly ordering_key: string;
  readonly payment_id: string;
  readonly operation_type: string | null;
  readonly total_minor: number | null;
  readonly document: string;
  readonly reference: string;
  readonly business_time: number;
  readonly body: Uint8Array;
  /** The operation type of which a receipt of the payment must be registered first: see `saleDependency`. */
  readonly depends_on: string | null;
  readonly state: EntryState;
  readonly accepted_at: number;
  readonly changed_at: number;
  readonly due_at: number | null;
  /** Who holds the lease, until `due_at`; `null` when nobody does. */
  readonly worker: string | null;
  readonly fence: number;
  readonly attempts: number;
  readonly failures: number;
  readonly first_attempt_at: number | null;
  readonly last_attempt_at: number | null;
  readonly provider_document_id: string | null;
  readonly registration: string | null;
  readonly reason: string | null;
  /** What it depends on, as long as it is not to be sent because that is not registered; else `null`. */
  readonly awaits: string | null;
  /** Version and hash of the entry's last journal row. */
  readonly version: number;
  readonly hash: string;
}

/** The columns that are written once, when the entry is accepted. */
export const frozenColumns = [
  'id',
  'merchant',
  'provider',
  'operation',
  'idempotency_key',
  'content_digest',
  'claims',
  'ordering_key',
  'payment_id',
  'operation_type',
  'total_minor',
  'document',
  'reference',
  'business_time',
  'body',
  'depends_on',
  'accepted_at',
] as const satisfies readonly (keyof EntryRow)[];

/** The columns that delivery changes. */
export const deliveryColumns = [
  'account',
  'state',
  'changed_at',
  'due_at',
  'worker',
  'fence',
  'attempts',
  'failures',
  'first_attempt_at',
  'last_attempt_at',
  'provider_document_id',
  'registration',
  'reason',
  'awaits',
  'version',
  'hash',
] as const satisfies readonly (keyof EntryRow)[];

/** What of an entry its delivery changes. */
export type DeliveryRow = Pick<EntryRow, (typeof deliveryColumns)[number]>;
