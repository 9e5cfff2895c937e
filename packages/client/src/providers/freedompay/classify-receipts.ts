import type { Candidate } from '../../contract/verdict.js';
import { compareReceipt } from './compare-receipt.js';
import { foldId, isAffixed, relateIds } from './fold-id.js';
import { madeAtOf, type RowContent, type ShownReceipt } from './read-receipt.js';
import { contentOfReceipt, type RequestContent } from './receipt-content.js';
import type { SeenRow, SeenRows } from './seen-rows.js';

/** Maximum difference of right clocks, in milliseconds: a receipt a little earlier is not older. */
export const clockSkewMs = 2 * 60 * 1000;

/** Criteria of a search, and what is excluded. */
export interface SearchCriteria {
  readonly content: RequestContent;
  readonly since: Date;
  /** Whether `since` can be right: one in the future is of a wrong clock, and makes nothing older. */
  readonly isSinceSure: boolean;
  readonly boundDocumentIds: ReadonlySet<string>;
  /** Id that the provider gave to our document, if known. */
  readonly ownId: string | undefined;
  /** Age before the first attempt from which a differing receipt is another one, in milliseconds. */
  readonly toleranceMs: number;
}

export type Classification =
  /** `certain`; `last` if there is none that was made later; `only` if there is no other like it. */
  | { readonly kind: 'ours'; readonly receipt: ShownReceipt; readonly choice: 'certain' | 'last' | 'only' }
  | { readonly kind: 'doubtful'; readonly candidates: readonly Candidate[] }
  /** Nothing could be ours, or only a rejected one that is. */
  | { readonly kind: 'none'; readonly rejected: ShownReceipt | null };

/** Standing of a receipt of the payment: surely ours, ours if no other can be, possibly ours, not ours. */
type Standing =
  | { readonly kind: 'equal'; readonly receipt: ShownReceipt; readonly ageMs: number }
  | { readonly kind: 'alike'; readonly receipt: ShownReceipt; readonly ageMs: number }
  | { readonly kind: 'rejected'; readonly receipt: ShownReceipt; readonly ageMs: number }
  | { readonly kind: 'doubtful'; readonly candidate: Candidate | null };

/**
 * Decides which listed receipt is ours: a live receipt of the payment that is bound to nothing else and equal
 * in everything shown; or the only one that is equal once spelling is folded. Another live one of the same
 * payment and kind is doubtful, unless it differs in what no register rewrites and is older than the first
 * attempt. Time only prefers among equal ones: a clock that was wrong for a moment must not make our own
 * receipt look older than it can be, and have it sent again.
 */
export function classifyReceipts(seen: SeenRows, criteria: SearchCriteria): Classification {
  const { filterWorks } = seen;
  const standings = unboundOf(seen, criteria).flatMap(
    (each) => standingOf(each, criteria) ?? (filterWorks ? affixedStanding(each, criteria) : null) ?? [],
  );
  const equal = best(standings.filter((each) => each.kind === 'equal'));
  const alike = standings.filter((each) => each.kind === 'alike');
  if (equal && (equal.ageMs <= clockSkewMs || alike.length === 0)) {
    const choice = equal.ageMs <= clockSkewMs ? 'certain' : 'last';
    return { kind: 'ours', receipt: equal.receipt, choice };
  }
  const [only] = alike;
  if (only && !equal && alike.length === 1) return { kind: 'ours', receipt: only.receipt, choice: 'only' };
  const doubtful = standings.flatMap((each) => (each.kind === 'doubtful' ? [each.candidate] : []));
  if (alike.length + doubtful.length > 0) {
    const twins = alike.map(({ receipt }) => candidateOf(receipt, ['positions.name']));
    return { kind: 'doubtful', candidates: [...twins, ...doubtful.filter((each) => each !== null)] };
  }
  return {
    kind: 'none',
    rejected: best(standings.filter((each) => each.kind === 'rejected'))?.receipt ?? null,
  };
}

/** Returns the milliseconds from a receipt's creation to the first attempt; −∞ without a readable time. */
export function ageMs(madeAt: number | null, { since }: Pick<SearchCriteria, 'since'>): number {
  return madeAt === null ? Number.NEGATIVE_INFINITY : since.getTime() - madeAt;
}

/** Returns the rows bound to nothing else of ours. An id may be respelt, unless its text is listed, too. */
function unboundOf(seen: SeenRows, { boundDocumentIds, ownId }: SearchCriteria): readonly SeenRow[] {
  if (seen.rows.length === 0) return [];
  const folded = new Map(Array.from(boundDocumentIds, (id) => [foldId(id), id]));
  return seen.rows.filter(({ content }) => {
    const id = content.kind === 'receipt' ? content.receipt.receipt_id : content.receiptId;
    if (id === null || id === ownId) return true;
    const spelled = folded.get(foldId(id));
    return !boundDocumentIds.has(id) && (spelled === undefined || seen.hasKey(spelled));
  });
}

function standingOf({ content: row, isFiltered }: SeenRow, criteria: SearchCriteria): Standing | null {
  const relation = relationOf(row, isFiltered, criteria);
  if (relation === 'other') return null;
  if (row.kind === 'unreadable') {
    if (relation === 'near') return null;
    const differs = ['receipt'];
    return {
      kind: 'doubtful',
      candidate: row.receiptId === null ? null : { providerDocumentId: row.receiptId, differs },
    };
  }
  return standingOfReceipt(row.receipt, relation, criteria);
}

/** Returns the standing of an equal, filtered receipt whose id is ours with something added or cut off. */
function affixedStanding({ content: row, isFiltered }: SeenRow, criteria: SearchCriteria): Standing | null {
  const { content } = criteria;
  if (!isFiltered || row.kind !== 'receipt' || row.receipt.status === 'rejected') return null;
  const { receipt } = row;
  const { payment_id: shownId } = receipt;
  if (shownId === null || !isAffixed(content.paymentId, shownId)) return null;
  if (relateIds(content.paymentId, shownId) !== 'other') return null;
  const shown = contentOfReceipt(receipt);
  if (shown.operation !== null && shown.operation !== content.operation) return null;
  const { firmly, loosely } = compareReceipt(content, shown);
  if (firmly.length + loosely.length > 0 || ageMs(madeAtOf(receipt.created_at), criteria) > clockSkewMs)
    return null;
  return { kind: 'doubtful', candidate: candidateOf(receipt, ['payment_id']) };
}

function standingOfReceipt(
  receipt: ShownReceipt,
  relation: 'same' | 'near' | 'unshown',
  criteria: SearchCriteria,
): Standing | null {
  const shown = contentOfReceipt(receipt);
  const { content, toleranceMs, isSinceSure } = criteria;
  if (shown.operation !== null && content.operation !== null && shown.operation !== content.operation)
    return null;
  const { firmly, loosely, missing, isWhole, isLiteral } = compareReceipt(content, shown);
  const age = ageMs(madeAtOf(receipt.created_at), criteria);
  const isOld = isSinceSure && age > toleranceMs;
  const isTimed = isSinceSure && age > Number.NEGATIVE_INFINITY;
  const isEqual = relation === 'same' && firmly.length + loosely.length + missing.length === 0;
  if (receipt.status === 'rejected') {
    return isEqual && age <= clockSkewMs ? { kind: 'rejected', receipt, ageMs: age } : null;
  }
  // A prepayment and its closing are told apart by nothing else than a readable time.
  if (isEqual && (isWhole || (isTimed && !isOld))) {
    if (isLiteral) return { kind: 'equal', receipt, ageMs: age };
    if (!isOld) return { kind: 'alike', receipt, ageMs: age };
  }
  if (firmly.length > 0 && isOld) return null;
  if (relation === 'near' && firmly.length + loosely.length > 0) return null;
  const differs = [
    ...(relation === 'same' ? [] : ['payment_id']),
    ...firmly,
    ...loosely,
    ...missing,
    ...(isEqual ? ['created_at'] : []),
  ];
  return { kind: 'doubtful', candidate: candidateOf(receipt, differs) };
}

/** Returns the relation of a row; without a payment id it counts in full only if the list is filtered. */
function relationOf(
  row: RowContent,
  isFiltered: boolean,
  { content }: SearchCriteria,
): 'same' | 'near' | 'unshown' | 'other' {
  const shown = row.kind === 'receipt' ? row.receipt.payment_id : row.paymentId;
  if (shown === null) return isFiltered ? 'unshown' : 'near';
  const relation = relateIds(content.paymentId, shown);
  return relation === 'exact' || relation === 'folded' ? 'same' : relation;
}

/** Returns the best one: made after the first attempt before an older one, and of these the nearest. */
function best<Aged extends { readonly ageMs: number }>(standings: readonly Aged[]): Aged | undefined {
  const rank = ({ ageMs: age }: Aged) => (age > clockSkewMs ? 1 : 0);
  const [first] = standings.toSorted(
    (one, other) => rank(one) - rank(other) || Math.abs(one.ageMs) - Math.abs(other.ageMs),
  );
  return first;
}

function candidateOf({ receipt_id }: ShownReceipt, differs: readonly string[]): Candidate {
  return { providerDocumentId: receipt_id, differs: Array.from(new Set(differs)) };
}
