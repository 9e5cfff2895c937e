/** Capabilities for one operation, as far as they may differ between the operations of a provider. */
export interface OperationCapabilities {
  /**
   * What the provider itself compares to refuse or absorb a repeat: a key of ours, the document's payment, or
   * nothing. Only with a key or a payment may an unknown outcome be re-sent without a search.
   */
  readonly deduplicatesBy: 'key' | 'payment' | 'nothing';
  /**
   * Time for which the provider recognises a repeat, from the first attempt, in milliseconds; for ever when
   * absent. After it, the same bytes may make a second document: a repeat must have settled by then.
   * `Infinity` lifts the window of the provider for an operation.
   */
  readonly deduplicationWindowMs?: number;
  /** How `find` recognises a document: by our reference, by its content, or not at all. */
  readonly findsBy: 'reference' | 'content' | 'nothing';
  /** Whether `submit` may answer `pending`, so that `poll` is needed. */
  readonly asynchronous: boolean;
  /**
   * Time after the beginning of an attempt in which the provider may still be processing it, in milliseconds.
   * Before that, a search that finds nothing proves nothing.
   */
  readonly settlesWithinMs: number;
}

/** Limits of a provider for each account, over all processes of a ledger. Settings may lower them. */
export interface AccountLimits {
  /** Calls at the same time; 1 for a register that takes one document after the other. */
  readonly concurrency?: number;
  /** Submissions per second: 0.5 is one every two seconds. */
  readonly submitsPerSecond?: number;
  /** Polls and searches per second, together. */
  readonly pollsPerSecond?: number;
}

/**
 * Capabilities of a provider, as data for routing and delivery: nothing switches over provider names. Its own
 * members hold for every operation that `byOperation` does not name.
 */
export interface ProviderCapabilities extends OperationCapabilities {
  /** Operations that it supports: `receipt`, `confirmation.anor`, … */
  readonly operations: readonly string[];
  /** Receipt formats that it supports; empty for a provider without receipts. */
  readonly formats: readonly string[];
  /**
   * Differences of single operations, by the operation (`receipt`, `confirmation.anor`) or by the type of a
   * receipt's operation (`sell_refund`), which takes precedence.
   */
  readonly byOperation?: Readonly<Record<string, Partial<OperationCapabilities>>>;
  readonly limits?: AccountLimits;
}

/** Operation of a document. */
export interface OperationOfDocument {
  readonly operation: string;
  /** `sell`, `sell_refund`, …; `null` for operations that are not receipts. */
  readonly operationType?: string | null;
}

/**
 * Returns the capabilities that hold for a document, so long after the beginning of its first attempt that
 * may have been processed, in milliseconds. A provider whose window would be over before a repeat that begins
 * then has settled compares nothing.
 */
export function capabilitiesFor(
  {
    operations: _operations,
    formats: _formats,
    limits: _limits,
    byOperation,
    ...usual
  }: ProviderCapabilities,
  { operation, operationType }: OperationOfDocument,
  sinceFirstAttemptMs = 0,
): OperationCapabilities {
  const { deduplicationWindowMs: windowMs = Number.POSITIVE_INFINITY, ...capabilities } = {
    ...usual,
    ...named(byOperation, operation),
    ...named(byOperation, operationType),
  };
  if (windowMs === Number.POSITIVE_INFINITY) return capabilities;
  const settledAfterMs = sinceFirstAttemptMs + capabilities.settlesWithinMs;
  const isOver = settledAfterMs >= windowMs - windowMarginMs(windowMs);
  return {
    ...capabilities,
    deduplicationWindowMs: windowMs,
    ...(isOver && { deduplicatesBy: 'nothing' }),
  };
}

function named(
  byOperation: ProviderCapabilities['byOperation'] = {},
  name: string | null | undefined,
): Partial<OperationCapabilities> {
  return name != null && Object.hasOwn(byOperation, name) ? (byOperation[name] ?? {}) : {};
}

const longestMarginMs = 60 * 60 * 1_000;

/** Returns the margin at the end of a window, for clocks that differ: a tenth, at most an hour. */
function windowMarginMs(windowMs: number): number {
  return Math.min(windowMs / 10, longestMarginMs);
}

/**
 * Plan for an unknown outcome: the document is searched before it may be sent again, the same frozen bytes
 * are sent again because the provider absorbs repeats, or a person looks because the provider offers neither.
 */
export type UnknownPlan = 'find' | 'resend' | 'person';

/**
 * Returns the plan for capabilities as `capabilitiesFor` returns them. Within a window the repeat is the
 * fastest search; else a search comes first if there is one.
 */
export function unknownPlan({
  findsBy,
  deduplicatesBy,
  deduplicationWindowMs,
}: Pick<OperationCapabilities, 'findsBy' | 'deduplicatesBy' | 'deduplicationWindowMs'>): UnknownPlan {
  const isAbsorbed = deduplicatesBy !== 'nothing';
  if (isAbsorbed && deduplicationWindowMs !== undefined) return 'resend';
  if (findsBy !== 'nothing') return 'find';
  return isAbsorbed ? 'resend' : 'person';
}
