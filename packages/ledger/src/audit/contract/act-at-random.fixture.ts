import { setTimeout as delay } from 'node:timers/promises';
import type { EntryState } from '../../entry/entry.js';
import { type Action, actions } from '../../interventions/act.js';
import { interventionDetails } from '../../journal/intervention-details.js';
import { transitionByPerson } from '../../state/transition-by-person.js';
import { registration } from '../../store/contract/sample-transitions.fixture.js';
import type { LedgerStore } from '../../store/ledger-store.js';

/** A person who does now this, now that, to whatever is not settled, while the condition holds; notes what was done. */
export async function actAtRandom(
  store: LedgerStore,
  going: () => boolean,
  done: Set<Action>,
): Promise<void> {
  for (let round = 0; going(); round += 1) {
    const action = actions[round % actions.length];
    const states: EntryState[] =
      action === 'resubmit' ? ['rejected'] : ['accepted', 'pending', 'unknown', 'parked'];
    const [entry] = await store.stuck({ states, olderThanMs: 0, offset: round % 7, limit: 1 });
    await delay(2);
    if (!entry || !action) continue;
    const decision = action === 'resolve' ? { action, registration } : { action };
    const transition = transitionByPerson(entry, decision);
    if (typeof transition === 'string') continue;
    const { id, version } = entry;
    const details = interventionDetails({
      act: { id, by: 'somebody', reason: 'to see what comes of it' },
      action,
      ...(action === 'resolve' && { registration }),
      ...(action === 'resubmit' && { successor: 'another' }),
    });
    const { kind } = await store.intervene({ id, version, transition, details });
    if (kind === 'written') done.add(action);
  }
}
