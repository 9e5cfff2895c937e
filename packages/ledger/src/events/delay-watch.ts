import { WorkLoop } from '../delivery/work-loop.js';
import type { CourierParts } from './courier-parts.js';
import type { Delay } from './event-kind.js';
import type { FiscalEventKind } from './fiscal-event.js';

const delays: readonly Delay[] = ['unknown-for-long', 'overdue'];

/** Most entries that are announced in one transaction. */
const limit = 200;

/** Looks from time to time for entries whose delay a handler wants to hear of; `raised` is told when there were any. */
export function createDelayWatch(
  parts: CourierParts,
  kinds: readonly FiscalEventKind[],
  raised: () => void,
): WorkLoop {
  const { store, settings, overdueAfterMs, emit, random } = parts;
  const wanted = delays.filter((delay) => kinds.some((kind) => kind.endsWith(`.${delay}`)));
  const patienceMs = { 'unknown-for-long': settings.unknownForLongMs, overdue: overdueAfterMs };

  async function turn(): Promise<number> {
    let more = false;
    for (const delay of wanted) {
      const entries = await store.raise({ delay, olderThanMs: patienceMs[delay], limit });
      if (entries > 0) raised();
      more ||= entries === limit;
    }
    return more ? 0 : settings.lookEveryMs;
  }

  return new WorkLoop({ turn, pollMs: settings.lookEveryMs, emit, random });
}
