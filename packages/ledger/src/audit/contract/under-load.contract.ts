import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type DeliveryHarness, startDelivery } from '../../delivery/delivery-harness.fixture.js';
import { type Behaviour, ScriptedProvider } from '../../delivery/scripted-provider.fixture.js';
import type { EntryState } from '../../entry/entry.js';
import { type InterventionKind, interventionKinds } from '../../entry/operator-action.js';
import { transitionByOperator } from '../../entry/operator-transition.js';
import { interventionDetails } from '../../journal/details.js';
import { registration } from '../../store/contract/sample-transitions.fixture.js';
import type { LedgerStore } from '../../store/ledger-store.js';
import { newEntry } from '../../store/new-entry.fixture.js';
import { type AuditedLedger, audit, type OpenAuditedLedger } from './audited-ledger.fixture.js';

/**
 * Takes each of the kinds of intervention in turn on unsettled entries, while the condition holds; notes
 * which were taken.
 */
async function interveneAtRandom(
  store: LedgerStore,
  going: () => boolean,
  done: Set<InterventionKind>,
): Promise<void> {
  for (let round = 0; going(); round += 1) {
    const action = interventionKinds[round % interventionKinds.length];
    const states: EntryState[] =
      action === 'resubmit' ? ['rejected'] : ['accepted', 'pending', 'unknown', 'parked'];
    const [entry] = await store.stuck({ states, olderThanMs: 0, offset: round % 7, limit: 1 });
    await delay(2);
    if (!entry || !action) continue;
    const decision = action === 'resolve' ? { action, registration } : { action };
    const transition = transitionByOperator(entry, decision);
    if (typeof transition === 'string') continue;
    const { id, version } = entry;
    const details = interventionDetails({
      given: { id, by: 'somebody', reason: 'to see what comes of it' },
      action,
      ...(action === 'resolve' && { registration }),
      ...(action === 'resubmit' && { successor: 'another' }),
    });
    const { kind } = await store.intervene({ id, version, transition, details });
    if (kind === 'written') done.add(action);
  }
}

const behaviours: readonly Behaviour[] = [
  { kind: 'register' },
  { kind: 'pend', polls: 2 },
  { kind: 'lost' },
  { kind: 'unsent' },
  { kind: 'refuse' },
  { kind: 'down', retryAfterMs: 1 },
];

const fewestAudits = 12;
const fewestEntries = 150;

/** Everything that happens to a ledger in production, at the same time, until it is stopped. */
class BusyLife {
  accepted = 0;
  readonly kinds = new Set<InterventionKind>();
  readonly #provider = new ScriptedProvider();
  readonly #delivery: DeliveryHarness;
  readonly #work: Promise<unknown>;
  #going = true;

  constructor(ledger: AuditedLedger) {
    const { store } = ledger;
    const stillGoing = () => this.#going;
    this.#delivery = startDelivery({ providers: [this.#provider], store, defaults: { concurrency: 8 } });
    this.#delivery.dispatcher.start(['memory']);
    this.#work = Promise.all([
      ...[this.#acceptOn(), this.#acceptOn(), this.#acceptOn(), this.#sealOn()],
      ledger.disturb(stillGoing),
      interveneAtRandom(store, stillGoing, this.kinds),
    ]);
  }

  get isFull(): boolean {
    return this.accepted >= fewestEntries && this.kinds.size === interventionKinds.length;
  }

  async stop(): Promise<void> {
    this.#going = false;
    await this.#work;
    await this.#delivery.dispatcher.stop(1_000);
  }

  async #acceptOn(): Promise<void> {
    while (this.#going) {
      const behaviour = behaviours[this.accepted % behaviours.length];
      if (behaviour) this.#provider.script.push(behaviour);
      await this.#delivery.accept(newEntry());
      this.accepted += 1;
    }
  }

  async #sealOn(): Promise<void> {
    while (this.#going) {
      await this.#delivery.store.seal();
      await delay(3);
    }
  }
}

/** Proves that an audit reports nothing that a ledger does by itself. */
export function describeAuditUnderLoad(open: OpenAuditedLedger): void {
  describe('a ledger at work', () => {
    it('verifies clean, again and again', async () => {
      const ledger = await open();
      const life = new BusyLife(ledger);
      const sizes = new Set<number>();
      try {
        for (let count = 0; count < fewestAudits || (!life.isFull && count < 100); count += 1) {
          const report = await audit(ledger);
          expect(report.faults).toEqual([]);
          sizes.add(report.rows);
          await delay(10);
        }
      } finally {
        await life.stop();
      }
      expect(life.isFull).toBe(true);
      expect(sizes.size).toBeGreaterThan(fewestAudits / 2);
      await ledger.store.seal();
      expect(await audit(ledger)).toMatchObject({ ok: true, unsealedRows: 0, faults: [] });
      await ledger.close();
    });
  });
}
