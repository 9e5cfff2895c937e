import type { Entry } from '../entry/entry.js';
import { type InterventionNote, interventionDetails } from '../journal/details.js';
import type { Intervention } from '../store/intervention-store.js';
import type { LedgerContext } from './ledger-context.js';

/** A decision about an entry, with its note for the journal. */
export interface DecidedIntervention extends Pick<Intervention, 'account' | 'batch' | 'transition'> {
  readonly note: InterventionNote;
}

/** Writes a decision about an entry, and notifies observers; `null` when the entry has changed meanwhile. */
export async function writeIntervention(
  { store, observers }: Pick<LedgerContext, 'store' | 'observers'>,
  { id, version, state: from }: Entry,
  { note, ...decided }: DecidedIntervention,
): Promise<Entry | null> {
  const outcome = await store.intervene({ id, version, ...decided, details: interventionDetails(note) });
  if (outcome.kind === 'changed') return null;
  const { action, given } = note;
  observers.emit({ type: 'intervention', action, entry: outcome.entry, from, by: given.by });
  for (const held of outcome.held ?? []) observers.emit({ type: 'held', entry: held });
  return outcome.entry;
}
