/** Kinds of interventions of an operator. */
export const interventionKinds = ['look-up', 'retry', 'park', 'release', 'resolve', 'resubmit'] as const;

export type InterventionKind = (typeof interventionKinds)[number];

/** An operator's action on an entry, with its reason. */
export interface OperatorAction {
  /** The entry's id. */
  readonly id: string;
  /** Operator: 1–64 printable characters. */
  readonly by: string;
  /** Reason: 1–500 characters. Kept in the journal for good, so it must not contain a buyer's data. */
  readonly reason: string;
}

/**
 * Decision on all entries of an account that is no longer configured. `moved`: it is the same account at
 * another address, so its entries continue there, and what may have been sent is searched first. `reject`:
 * its documents are not registered and will not be.
 */
export type AccountDecision = 'moved' | 'reject';

/** An operator's action on the entries of an account, with its reason. */
export interface AccountOperatorAction extends Omit<OperatorAction, 'id'> {
  /** Account as in entries: the provider's id of the merchant, and the address. */
  readonly account: string;
  /** Only the entries of this merchant. */
  readonly merchant?: string | undefined;
  /** Only the entries of these merchants. */
  readonly merchants?: readonly string[] | undefined;
  readonly action: AccountDecision;
}

/** Result of settling an account. */
export interface SettledAccount {
  /** Number of settled entries. */
  readonly settled: number;
  /** Number of entries that are left, held by workers or changed meanwhile: the action can be repeated. */
  readonly left: number;
}

/** Outcome of a document that an operator found out. */
export type FoundOutcome =
  | {
      readonly kind: 'registered';
      /** Provider's id of the document, 1–255 printable characters; the known one when absent. */
      readonly providerDocumentId?: string | undefined;
      /** Link or QR text of the receipt, from which its fiscal mark is read. */
      readonly link?: string | undefined;
    }
  | { readonly kind: 'rejected' };

/** Prefix of the keys of resubmissions. No caller's key and no derived key has it. */
export const versionPrefix = 'version:';

/**
 * Returns the idempotency key of the resubmission of a rejected entry. It follows from the rejected entry's
 * id alone, so there is one at most.
 */
export function nextVersionKey(entryId: string): string {
  return `${versionPrefix}${entryId}`;
}

/** Returns the id of the rejected entry that this key's entry resubmits; `null` for a first version. */
export function previousVersion(idempotencyKey: string): string | null {
  return idempotencyKey.startsWith(versionPrefix) ? idempotencyKey.slice(versionPrefix.length) : null;
}
