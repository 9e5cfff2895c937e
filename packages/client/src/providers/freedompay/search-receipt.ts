import type { FindOptions, RegistrationRequest } from '../../contract/provider.js';
import type { Candidate, Doubtful, Finding } from '../../contract/verdict.js';
import { reasonOf } from '../../verdicts/reason.js';
import {
  ageMs,
  type Classification,
  classifyReceipts,
  clockSkewMs,
  type SearchCriteria,
} from './classify-receipts.js';
import { foldId, isPlainNumber, spellingsOf, twinsOf } from './fold-id.js';
import type { FreedompayApi } from './freedompay-api.js';
import { type DayWindow, listRows, type RowWalk } from './list-rows.js';
import type { ShownReceipt } from './read-receipt.js';
import { contentOfRequest } from './receipt-content.js';
import { SeenRows } from './seen-rows.js';
import type { SharedWalks } from './shared-walks.js';
import { verdictOfReceipt } from './verdict-of-receipt.js';
import type { WalkEnd } from './walk-list.js';

const dayMs = 24 * 60 * 60 * 1000;
/** Rows of all payments to read while the filter is trusted: one on a plain number works or is ignored. */
const mostRowsOfAll = 1_000;
/** Rows after which a walk ends that has passed the first attempt: a call to a provider has an end. */
const enoughRows = 5_000;

/** Searches our receipt among those of the payment. */
export function searchReceipt(
  parts: FindDependencies,
  request: RegistrationRequest,
  options: FindOptions,
): Promise<Finding> {
  return new Search(parts, request, options).run();
}

/** End of reading one list; `passed` if the rest is older than anything of ours can be. */
type Reading = WalkEnd | { readonly kind: 'decided' } | { readonly kind: 'passed' };

type Ours = Extract<Classification, { kind: 'ours' }>;

/** Search that remembers all rows, so that every page is judged together with those before. */
class Search {
  readonly #parts: FindDependencies;
  readonly #request: RegistrationRequest;
  readonly #options: FindOptions;
  readonly #seen: SeenRows;
  #criteria: SearchCriteria;
  /** Whether a payment that the provider may take for this one has a document that is not known. */
  #isContested = false;
  #knowsTwins = false;

  constructor(parts: FindDependencies, request: RegistrationRequest, options: FindOptions) {
    this.#parts = parts;
    this.#request = request;
    this.#options = options;
    this.#criteria = {
      content: contentOfRequest(request.body),
      since: options.since,
      isSinceSure: options.since.getTime() <= parts.clock().getTime() + clockSkewMs,
      boundDocumentIds: options.boundDocumentIds,
      ownId: options.providerDocumentId,
      toleranceMs: parts.toleranceMs,
    };
    this.#seen = new SeenRows(this.#criteria.content.paymentId);
  }

  async run(): Promise<Finding> {
    const end = await this.#readLists();
    const classification = await this.#classify();
    // A row that was seen counts although the rest could not be read: it may not be shown again.
    if (end.kind === 'broken' && classification.kind === 'none') {
      const { kind: _broken, isTooLong: _tooLong, ...trouble } = end;
      return { kind: 'unknown', ...trouble };
    }
    switch (classification.kind) {
      case 'ours':
        return this.#foundUnless(classification, end);
      case 'doubtful':
        return doubtful(classification.candidates);
      case 'none':
        return classification.rejected
          ? { kind: 'found', verdict: verdictOfReceipt(classification.rejected) }
          : { kind: 'absent' };
    }
  }

  /** Finds a receipt unless another may be meant: one that was not seen, or one of another payment. */
  #foundUnless({ receipt, choice }: Ours, end: Reading): Finding {
    const differs = [
      ...(choice === 'only' && end.kind === 'broken' ? ['positions.name'] : []),
      ...(choice === 'last' && end.kind === 'broken' && !isTooLong(end) ? ['created_at'] : []),
      ...(this.#isContested && !this.#showsExactly(receipt) ? ['payment_id'] : []),
    ];
    return differs.length === 0
      ? { kind: 'found', verdict: verdictOfReceipt(receipt) }
      : doubtful([{ providerDocumentId: receipt.receipt_id, differs }]);
  }

  /** Whether the provider keeps the spelling of ids: a shown number may be the fold of another spelling. */
  #showsExactly({ payment_id }: ShownReceipt): boolean {
    const { paymentId } = this.#criteria.content;
    return payment_id === paymentId && foldId(paymentId) !== paymentId;
  }

  /**
   * Reads as few lists as prove something: the payment's, in each spelling of its id, for one receipt of a
   * payment may be stored otherwise than another; and everybody's if these show nothing that could be ours: a
   * provider may have a spelling of its own.
   */
  async #readLists(): Promise<Reading> {
    const { paymentId } = this.#criteria.content;
    for (const spelling of spellingsOf(paymentId)) {
      const end = await this.#read(spelling);
      if (end.kind !== 'complete') return end;
    }
    if ((await this.#classify()).kind !== 'none') return { kind: 'complete' };
    const mostRows = isPlainNumber(paymentId) ? mostRowsOfAll : undefined;
    return this.#read(undefined, mostRows);
  }

  /** Reads one list, up to a receipt that must be ours; with `mostRows`, no rows older than ours can be. */
  async #read(paymentId: string | undefined, mostRows?: number): Promise<Reading> {
    const walk = this.#walk(paymentId);
    try {
      return await this.#readWalk(walk, { isFiltered: paymentId !== undefined, mostRows });
    } finally {
      await walk.return({ kind: 'complete' });
    }
  }

  async #readWalk(
    walk: RowWalk,
    { isFiltered, mostRows }: { readonly isFiltered: boolean; readonly mostRows: number | undefined },
  ): Promise<Reading> {
    let newestFirst = true;
    let age = Number.NEGATIVE_INFINITY;
    const { isSinceSure, toleranceMs } = this.#criteria;
    const hasPassed = () => isSinceSure && newestFirst && age > toleranceMs;
    let rows = 0;
    let step = await walk.next();
    for (; !step.done; step = await walk.next()) {
      for (const row of step.value) {
        this.#seen.add(row, isFiltered);
        const rowAge = row.madeAt === undefined ? age : ageMs(row.madeAt, this.#criteria);
        newestFirst &&= rowAge >= age;
        age = rowAge;
      }
      rows += step.value.length;
      if (isDecided(await this.#classify(), hasPassed())) return { kind: 'decided' };
      if (mostRows !== undefined && (hasPassed() || rows >= mostRows)) return { kind: 'passed' };
      if (rows >= enoughRows && hasPassed()) return { kind: 'passed' };
    }
    const isEnough = isTooLong(step.value) && (mostRows !== undefined || hasPassed());
    return isEnough ? { kind: 'passed' } : step.value;
  }

  #walk(paymentId: string | undefined): RowWalk {
    const { clock, everybodys } = this.#parts;
    const window = dayWindow(this.#criteria.since, clock());
    const call = { requestId: this.#request.reference, signal: this.#options.signal };
    return paymentId === undefined
      ? everybodys.read(window, call)
      : listRows(this.#parts, { ...window, payment_id: paymentId }, call);
  }

  /** Judges the rows so far. Other payments of ours are looked up once a row could be ours. */
  async #classify(): Promise<Classification> {
    const classification = classifyReceipts(this.#seen, this.#criteria);
    if (classification.kind === 'none' || this.#knowsTwins) return classification;
    this.#knowsTwins = true;
    const { otherPayment } = this.#options;
    if (!otherPayment) return classification;
    const twins = await Promise.all(twinsOf(this.#criteria.content.paymentId).map(otherPayment));
    this.#isContested = twins.some(({ open }) => open);
    const boundDocumentIds = new Set(this.#criteria.boundDocumentIds);
    for (const id of twins.flatMap((twin) => [...twin.boundDocumentIds])) boundDocumentIds.add(id);
    this.#criteria = { ...this.#criteria, boundDocumentIds };
    return classifyReceipts(this.#seen, this.#criteria);
  }
}

function doubtful(candidates: readonly Candidate[]): Doubtful {
  return { kind: 'doubtful', reason: reasonOf('provider.doubtful', { candidates }) };
}

/** Whether nothing later in the list can change the result. */
function isDecided(classification: Classification, hasPassed: boolean): boolean {
  if (classification.kind !== 'ours') return false;
  return classification.choice === 'certain' || (classification.choice === 'only' && hasPassed);
}

function isTooLong(end: Reading): boolean {
  return end.kind === 'broken' && end.isTooLong === true;
}

/**
 * Returns the days to list: whole days, and one more on either side, which covers every zone and both clocks.
 * A clock that was set back since the first attempt swaps the two.
 */
function dayWindow(since: Date, now: Date): DayWindow {
  const day = (instant: number) => new Date(instant).toISOString().slice(0, 10);
  const instants = [since.getTime(), now.getTime()];
  return {
    'created_at[gte]': day(Math.min(...instants) - dayMs),
    'created_at[lte]': day(Math.max(...instants) + dayMs),
  };
}

/** Dependencies of a search. */
export interface FindDependencies {
  readonly api: FreedompayApi;
  readonly clock: () => Date;
  readonly toleranceMs: number;
  /** Walks through everybody's receipts, shared by all searches of the provider. */
  readonly everybodys: SharedWalks;
}
