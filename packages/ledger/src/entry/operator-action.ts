/** What a person can do to an entry. */
export const interventionKinds = ['retry', 'park', 'resolve', 'resubmit'] as const;

export type InterventionKind = (typeof interventionKinds)[number];

/** Who does something to an entry, and why. */
export interface OperatorAction {
  /** The entry's id. */
  readonly id: string;
  /** Who acts: 1–64 printable characters. */
  readonly by: string;
  /** Why: 1–500 characters. Kept in the journal for good, so it must not hold a buyer's data. */
  readonly reason: string;
}

/**
 * What a person decides on all entries of an account that is not configured any more. `moved`: it is the same account at another
 * address, so its entries go on there, and what may have been sent is searched first. `reject`: its documents are not registered
 * and will not be.
 */
export type AccountDecision = 'moved' | 'reject';

/** Who settles what waits for an account, and why. */
export interface AccountOperatorAction extends Omit<OperatorAction, 'id'> {
  /** As entries name it: the provider's id of the merchant, and the address. */
  readonly account: string;
  /** Only the entries of this merchant. */
  readonly merchant?: string | undefined;
  readonly action: AccountDecision;
}

/** What came of settling an account. */
export interface SettledAccount {
  /** How many entries were acted on. */
  readonly settled: number;
  /** How many are left, because a worker held them or something happened to them meanwhile: the act can be repeated. */
  readonly left: number;
}

/** What a person found out about a document. */
export type FoundOutcome =
  | {
      readonly kind: 'registered';
      /** The provider's id of the document, 1–255 printable characters; what is known of it already when absent. */
      readonly providerDocumentId?: string | undefined;
      /** Link or QR text of the receipt, from which its fiscal mark is read. */
      readonly link?: string | undefined;
    }
  | { readonly kind: 'rejected' };

/** How the keys of entries begin that rejected ones were handed in again as. No caller's key and no derived key does. */
export const versionPrefix = 'version:';

/**
 * The idempotency key of the entry that a rejected entry is handed in again as. It follows from the rejected entry's id alone, so
 * there is one at most.
 */
export function nextVersionKey(entryId: string): string {
  return `${versionPrefix}${entryId}`;
}

/** Id of the rejected entry that an entry with this idempotency key was before; `null` for one that is its own first version. */
export function previousVersion(idempotencyKey: string): string | null {
  return idempotencyKey.startsWith(versionPrefix) ? idempotencyKey.slice(versionPrefix.length) : null;
}
