import type { Entry } from './entry.js';

/** What of an entry a list prints. The frozen bytes are not among it: a page would be twice as large with them. */
export type ListedEntry = Pick<
  Entry,
  'sequence' | 'id' | 'document' | 'state' | 'acceptedAt' | 'registration' | 'reason'
>;
