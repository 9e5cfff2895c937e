import type { Journal } from '@fiscalkit/sandbox';
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
import type { OrangedataTimes } from './times.js';

type Documents = Journal['orangedata'];

/**
 * Why OrangeData's documents demand a person. They are read here from the provider's sheet by themselves, not
 * from the rules that the gateways work by.
 */
const causes = {
  forgotten: 'document no longer shown',
  'window-over': 'id no longer remembered, and an attempt that may have been taken',
} as const;

type Cause = keyof typeof causes;

/** Statuses after which the document was certainly not taken (sheet, section 6). */
const statusesNotTaken = new Set([400, 401, 403, 404, 413, 414, 415, 429]);

/** Reviews every entry that was left to a person: whether the sheet demands it, by the provider's journal. */
export function reviewHanded(
  { stored }: Observations,
  { orangedata }: Pick<Journal, 'orangedata'>,
  times: OrangedataTimes,
): Review {
  const byReference = Map.groupBy(orangedata, ({ id }) => id);
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
  const expired = orangedata.filter(({ status }) => status === 'expired').length;
  const reissues = stored.flatMap(({ rows }) => rows.filter(({ details }) => details.reissue)).length;
  return {
    line: `documents ${orangedata.length}, expired ${expired}, sent under a new id ${reissues}, left to a person as the sheet demands ${demanded}, otherwise ${violations.length}`,
    heading: 'Left to a person',
    remark:
      'Each is checked against the journal of the provider. Whoever looks there finds the receipt, or that there is none; then the document is sent as another entry.',
    tables: { 'left to a person, as the sheet demands': counts },
    facts: { handed: { demanded: counts, otherwise: violations.length }, reissues, expired },
    violations,
  };
}

interface HandedFacts {
  readonly documents: Documents;
  readonly times: OrangedataTimes;
}

function causeOf(
  { row, before }: Handing,
  { documents, times: { memoryMs, settlesWithinMs } }: HandedFacts,
): Cause | null {
  const at = row.at?.getTime() ?? 0;
  const isNamed = before.some(({ details }) => details.provider_document !== undefined);
  if (isNamed) {
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
  const { reason, http_status } = row.details;
  if (row.to !== 'unknown' || reason === 'provider.refused') return false;
  return http_status === undefined || !statusesNotTaken.has(http_status);
}
