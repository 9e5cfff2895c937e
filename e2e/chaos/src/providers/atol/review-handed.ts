import type { Journal, JournalledAtolDocument } from '@fiscalkit/sandbox';
import type { Observations, Violation } from '../../checker/observations.js';
import type { StoredRow } from '../../checker/stored-documents.js';
import type { Review } from '../emulated-provider.js';
import {
  describeHanding,
  firstOpenAttempt,
  type Handing,
  handingOf,
  slackMs,
  startWithinMs,
} from '../handing.js';
import type { AtolTimes } from './times.js';

/**
 * Why ATOL's documents demand a person. They are read here from the provider's sheet by themselves, not from
 * the rules that the gateways work by.
 */
const causes = {
  closed: 'connection lost at the register, which has the receipt',
  'not-closed': 'connection lost at the register, which has none',
  forgotten: 'report no longer kept',
  'window-over': 'id no longer remembered, and an attempt that may have been taken',
} as const;

type Cause = keyof typeof causes;

/** Codes of the driver after which the receipt may have been closed (sheet, section 11). */
const lostConnection = new Set([2, 5, 104, 115, 116, 165, 177, 241, 262]);

/** Answers after which the document was certainly not taken (sheet, sections 8 and 11). */
const notTaken = new Set([10, 11, 12, 13, 14, 20, 21, 31, 32, 40, 41].map((code) => `system.${code}`));
const statusesNotTaken = new Set([401, 403, 404, 429]);

/** Reviews every entry that was left to a person: whether the sheet demands it, by the provider's journal. */
export function reviewHanded(
  { stored }: Observations,
  { atol, atolCallbacks }: Pick<Journal, 'atol' | 'atolCallbacks'>,
  times: AtolTimes,
): Review {
  const byReference = Map.groupBy(atol, ({ external_id }) => external_id);
  const counts = Object.fromEntries(Object.values(causes).map((cause) => [cause, 0]));
  const violations: Violation[] = [];
  for (const document of stored) {
    const handing = handingOf(document);
    if (handing === null) continue;
    const cause = causeOf(handing, { documents: byReference.get(handing.reference) ?? [], times });
    if (cause) counts[causes[cause]] = (counts[causes[cause]] ?? 0) + 1;
    else violations.push({ kind: 'handed-over', what: describeHanding(document, handing) });
  }
  const demanded = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const failures = countFailures(atol);
  const callbacks = countCallbacks(atolCallbacks);
  const reissues = stored.flatMap(({ rows }) => rows.filter(({ details }) => details.reissue)).length;
  return {
    line: `documents ${atol.length}, sent under a new id ${reissues}, left to a person as the sheet demands ${demanded}, otherwise ${violations.length}`,
    heading: 'Left to a person',
    remark:
      'Each is checked against the journal of the provider. Whoever looks there finds the receipt, or that there is none; then the document is sent as another entry.',
    tables: {
      'left to a person, as the sheet demands': counts,
      'failed documents in the journal of the provider': failures,
      'callbacks of the provider since it was last killed': callbacks,
    },
    facts: { handed: { demanded: counts, otherwise: violations.length }, reissues, failures, callbacks },
    violations,
  };
}

interface HandedFacts {
  readonly documents: readonly JournalledAtolDocument[];
  readonly times: AtolTimes;
}

function causeOf(
  { row, before }: Handing,
  { documents, times: { memoryMs, settlesWithinMs } }: HandedFacts,
): Cause | null {
  const at = row.at?.getTime() ?? 0;
  const lost = documents.find(({ error }) => error?.type === 'driver' && lostConnection.has(error.code));
  if (lost) return lost.mark === null ? 'not-closed' : 'closed';
  const named = before.some(({ details }) => details.provider_document !== undefined);
  if (named) {
    const isForgotten = documents.some(({ created_at }) => Date.parse(created_at) + memoryMs <= at + slackMs);
    return isForgotten ? 'forgotten' : null;
  }
  const openSince = firstOpenAttempt(before, leavesOpen);
  const leastMs = memoryMs * 0.9 - settlesWithinMs - startWithinMs - slackMs;
  return openSince !== null && at - openSince >= leastMs ? 'window-over' : null;
}

/** Whether the row after an attempt leaves open what became of the document. */
function leavesOpen(row: StoredRow | undefined): boolean {
  if (row === undefined) return true;
  const { reason, http_status, provider_code } = row.details;
  if (row.to !== 'unknown' || reason === 'provider.refused') return false;
  if (provider_code !== undefined) return !notTaken.has(provider_code);
  return http_status === undefined || !statusesNotTaken.has(http_status);
}

function countFailures(documents: readonly JournalledAtolDocument[]): Record<string, number> {
  const failed = documents.flatMap(({ error, mark }) =>
    error ? [`${error.type}.${error.code}${mark === null ? '' : ', with a receipt'}`] : [],
  );
  const counts = Array.from(
    Map.groupBy(failed, (code) => code),
    ([code, all]) => [code, all.length] as const,
  );
  return Object.fromEntries(counts.sort(([, one], [, other]) => other - one));
}

/** Counts callbacks by their answer; those of another document, and those to nobody, by themselves. */
function countCallbacks(sent: Journal['atolCallbacks']): Record<string, number> {
  const counts = { taken: 0, 'of another document': 0, forged: 0, unanswered: 0 };
  for (const { external_id, named, answered } of sent) {
    if (answered === null) counts.unanswered += 1;
    else if (answered === 404) counts.forged += 1;
    else if (external_id !== named) counts['of another document'] += 1;
    else counts.taken += 1;
  }
  return counts;
}
