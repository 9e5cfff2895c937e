import { isFinal } from '../../state/is-final.js';
import type { DeliveryRow } from '../entry-row.js';
import type { Transition } from '../ledger-store.js';
import type { EntryChange } from './entry-table.js';

/** What a transition changes in a row; it ends the lease. */
export function changeByTransition(transition: Transition, row: DeliveryRow, now: number): EntryChange {
  const { to, dueInMs, failures, registration, reason } = transition;
  return {
    state: to,
    changed_at: to === row.state ? row.changed_at : now,
    due_at: dueInMs === null ? null : now + Math.ceil(dueInMs),
    worker: null,
    failures,
    provider_document_id:
      registration?.providerDocumentId ?? transition.providerDocumentId ?? row.provider_document_id,
    registration: registration ? JSON.stringify(registration) : null,
    reason: reason ? JSON.stringify(reason) : null,
    awaits: transition.released || isFinal(to) ? null : row.awaits,
  };
}
