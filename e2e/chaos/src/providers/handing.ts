import { handedCodes } from '../checker/recognition.js';
import type { StoredDocument, StoredRow } from '../checker/stored-documents.js';
import { mostJumpMs } from './memory-profiles.js';

/** Clocks that jump, and what a busy machine takes between an event and its row. */
export const slackMs = mostJumpMs + 1_000;
/** Time within which a gateway begins a call after its claim: so much earlier a window may count as over. */
export const startWithinMs = 2_000;

/** First moment at which an entry was left to a person. */
export interface Handing {
  /** Id in force at the provider. */
  readonly reference: string;
  readonly row: StoredRow;
  /** Rows before it since that id is in force. */
  readonly before: readonly StoredRow[];
}

/** Returns when an entry was left to a person first; `null` if it never was. */
export function handingOf({ entry, rows }: StoredDocument): Handing | null {
  const index = rows.findIndex(
    ({ to, details: { reason, action } }) =>
      to === 'unknown' && action === undefined && handedCodes.has(reason ?? ''),
  );
  const row = rows[index];
  if (row === undefined) return null;
  const earlier = rows.slice(0, index);
  const last = earlier.findLastIndex(({ details }) => details.reissue !== undefined);
  const number = earlier[last]?.details.reissue;
  const reference = number === undefined ? entry.id : `${entry.id}-${number + 1}`;
  return { reference, row, before: earlier.slice(last + 1) };
}

/**
 * Returns when the first attempt began that the provider may have taken, in milliseconds since 1970; `leavesOpen`
 * says whether the row after an attempt leaves that open.
 */
export function firstOpenAttempt(
  rows: readonly StoredRow[],
  leavesOpen: (row: StoredRow | undefined) => boolean,
): number | null {
  const sent = rows.findIndex(({ to }, index) => to === 'sending' && leavesOpen(rows[index + 1]));
  return rows[sent]?.at?.getTime() ?? null;
}

/** Describes an entry that was left to a person without a cause. */
export function describeHanding(
  { entry }: StoredDocument,
  { reference, row: { at, details } }: Handing,
): string {
  const { reason, http_status, provider_code } = details;
  const facts = [at?.toISOString(), reason, http_status, provider_code].filter((fact) => fact !== undefined);
  return `${entry.id} (${reference}): ${facts.join(' ')}`;
}
