import type { Entry } from './entry.js';

/** What of an entry a list tells. The frozen bytes are not among it: a page would be twice as large with them. */
export type ListedEntry = Pick<
  Entry,
  | 'sequence'
  | 'id'
  | 'account'
  | 'document'
  | 'state'
  | 'acceptedAt'
  | 'attempts'
  | 'providerDocumentId'
  | 'registration'
  | 'reason'
> & {
  /** Id of the entry that this rejected one was handed in again as, if it was. */
  readonly supersededBy?: string;
};
