import type { RussianFiscalMark } from '@fiscalkit/schemas';
import {
  type AtolCorrectionInfo,
  type AtolError,
  type AtolItem,
  type AtolRecord,
  atolState,
} from './record.js';

/** A document of ATOL Online, and what the fiscal storage has of it. Times are ISO 8601 in UTC. */
export interface JournalledAtolDocument {
  readonly uuid: string;
  readonly group_code: string;
  readonly external_id: string;
  /** `sell`, `sell_refund`, … */
  readonly operation: string;
  /** In roubles. */
  readonly total: number;
  /** As it was received. */
  readonly items: readonly AtolItem[];
  /** Ground of a correction as it was received; `null` for a receipt. */
  readonly correction_info: AtolCorrectionInfo | null;
  /** As the register prints them. */
  readonly names: readonly string[];
  /** As the report has it. */
  readonly status: 'wait' | 'done' | 'fail';
  readonly error: AtolError | null;
  readonly created_at: string;
  /** Receipt in the fiscal storage, whatever the report says; `null` if there is none. */
  readonly mark: RussianFiscalMark | null;
  /** Link of that receipt. */
  readonly link: string | null;
}

/** Returns a document as the journal shows it at a given time. */
export function journalledAtolDocument(record: AtolRecord, now: Date): JournalledAtolDocument {
  const { uuid, groupCode, externalId, operation, total, items, names, createdAt, outcome } = record;
  const state = atolState(record, now);
  const status = state === 'not-found' ? 'wait' : state;
  const isFinal = status !== 'wait' && outcome.kind !== 'stays-waiting';
  const registration = isFinal ? outcome.registration : null;
  return {
    uuid,
    group_code: groupCode,
    external_id: externalId,
    operation,
    total,
    items,
    correction_info: record.correctionInfo ?? null,
    names,
    status,
    error: isFinal && outcome.kind === 'fails' ? outcome.error : null,
    created_at: new Date(createdAt).toISOString(),
    mark: registration?.mark ?? null,
    link: registration?.link ?? null,
  };
}
