import { isFinal } from '@fiscalkit/ledger';
import type { TakenEvent } from '../receiver/receiver.js';
import type { Violation } from './observations.js';
import type { StoredDocument } from './stored-documents.js';

type StoredEntry = Pick<StoredDocument['entry'], 'id' | 'merchant' | 'operation' | 'state'>;

/** What the receiver of webhooks has recorded, oldest first. */
export interface ReceiverRecord {
  readonly taken: readonly TakenEvent[];
  readonly complaints: readonly string[];
}

/**
 * Compares what the endpoints of merchants took with the ledger: all that was accepted, and its outcome, at
 * least once; of one entry in order, whatever was repeated later; and nothing of another merchant.
 */
export function checkDeliveries(
  stored: readonly { readonly entry: StoredEntry }[],
  { taken, complaints }: ReceiverRecord,
): Violation[] {
  const byEntry = Map.groupBy(taken, ({ entryId }) => entryId);
  const merchants = new Map(stored.map(({ entry }) => [entry.id, entry.merchant]));
  return [
    ...stored.flatMap(({ entry }) => checkEntry(entry, byEntry.get(entry.id) ?? [])),
    ...taken
      .filter(({ entryId, merchant }) => merchants.get(entryId) !== merchant)
      .map(({ id, merchant, entryId }): Violation => {
        const whose = merchants.get(entryId) ?? 'nobody';
        return { kind: 'delivered-elsewhere', what: `${id} of ${whose} came to ${merchant}` };
      }),
    ...complaints.map((what): Violation => ({ kind: 'delivered-elsewhere', what })),
  ];
}

function checkEntry(entry: StoredEntry, all: readonly TakenEvent[]): Violation[] {
  const taken = all.filter(({ merchant }) => merchant === entry.merchant);
  const missing = kindsOf(entry).filter((kind) => !taken.some((event) => event.kind === kind));
  const first = [...new Map(taken.toReversed().map((event) => [event.id, event])).values()].toReversed();
  const isOrdered = first.every(({ version }, index) => version >= (first[index - 1]?.version ?? 0));
  return [
    ...missing.map((kind): Violation => ({ kind: 'not-delivered', what: `${kind} of ${entry.id}` })),
    ...(isOrdered
      ? []
      : [{ kind: 'delivered-out-of-order', what: first.map(({ id }) => id).join(', ') } as const]),
  ];
}

/** Returns the kinds of events that every entry of this operation and state has, as ids name them. */
function kindsOf({ operation, state }: StoredEntry): string[] {
  const isConfirmation = operation.startsWith('confirmation.');
  const subject = isConfirmation ? 'payment' : operation;
  const outcome = isConfirmation && state === 'registered' ? 'confirmed' : state;
  return [`${subject}-accepted`, ...(isFinal(state) ? [`${subject}-${outcome}`] : [])];
}
