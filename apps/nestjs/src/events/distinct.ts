import type { DiscoveredHandler } from './event-handler-explorer.js';
import { handlerFault } from './handler-fault.js';

/** Answers the handlers as they are. Throws a `FiscalError` with code `event.handler.duplicate` when two have one name. */
export function distinct(handlers: readonly DiscoveredHandler[]): readonly DiscoveredHandler[] {
  const places = new Map<string, string>();
  for (const { name, place } of handlers) {
    const other = places.get(name);
    if (other !== undefined) {
      const message =
        other === place
          ? 'its class is provided more than once: events would be handled by either.'
          : `${other} has the name ${name}, too; give each a name of its own.`;
      throw handlerFault('duplicate', place, message);
    }
    places.set(name, place);
  }
  return handlers;
}
