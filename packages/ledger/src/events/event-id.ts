import type { FiscalEventKind } from './fiscal-event.js';

/** The id of an event: which entry, which version of it, and what happened. */
export function eventId(entryId: string, version: number, kind: FiscalEventKind): string {
  return `${entryId}:${version}:${kind}`;
}
