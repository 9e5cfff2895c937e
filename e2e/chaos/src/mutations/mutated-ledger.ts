import { setTimeout as delay } from 'node:timers/promises';
import type { Provider, Verdict } from '@fiscalkit/client';
import { createLedger as createWholeLedger, type LedgerSettings, type LedgerStore } from '@fiscalkit/ledger';
import type { MutationName } from './mutations.js';

// Takes the place of the ledger's entry module in a gateway. Node runs it by itself, so it imports no other
// module of ours when it runs.

export * from '@fiscalkit/ledger';

/** Creates the ledger without the safety that `CHAOS_MUTATION` names, and writes that to the log. */
export const createLedger: typeof createWholeLedger = (settings) => {
  const name = process.env.CHAOS_MUTATION as MutationName;
  const ledger = createWholeLedger(changes[name](settings));
  process.stderr.write(`without ${name}\n`);
  return ledger;
};

type Change = (settings: LedgerSettings) => LedgerSettings;

const changes: Readonly<Record<MutationName, Change>> = {
  /** Accepts every entry as if its keys were new. */
  'unique-key': inStore((store) => ({
    accept: ({ onTwin: _, ...entry }) => store.accept({ ...entry, idempotencyKey: entry.id, uniqueKeys: [] }),
  })),
  /** Writes a result after its lease was lost, whether or not another worker holds the entry by then. */
  fencing: inStore((store) => ({
    async settle(settlement) {
      let outcome = await store.settle(settlement);
      for (let later = 1; outcome.kind === 'lease-lost' && later <= 10; later += 1) {
        outcome = await store.settle({ ...settlement, fence: settlement.fence + later });
      }
      const entry = outcome.kind === 'lease-lost' ? await store.entry(settlement.id) : null;
      if (entry === null) return outcome;
      const { id, version } = entry;
      const { transition } = settlement;
      const forced = await store.intervene({ id, version, transition, details: '{}' });
      return forced.kind === 'written' ? forced : outcome;
    },
  })),
  /** Resends a document after an unknown outcome without a search. */
  'find-before-resend': inProviders(({ capabilities, ...provider }) => ({
    ...provider,
    capabilities: { ...capabilities, findsBy: 'nothing', deduplicatesBy: 'payment' },
  })),
  /** Takes the doubtful finding of a search for absence. */
  doubtful: inProviders((provider) => ({
    ...provider,
    async find(request, options) {
      const finding = await provider.find(request, options);
      return finding.kind === 'doubtful' ? { kind: 'absent' } : finding;
    },
  })),
  /** Builds the request anew with every claim, with other names of goods. */
  freezing: inStore((store) => ({
    async claim(query) {
      const claims = await store.claim(query);
      return claims.map(({ entry, ...claim }) => ({
        ...claim,
        entry: { ...entry, request: { ...entry.request, body: renamed(entry.request.body) } },
      }));
    },
  })),
  /** Accepts what was worked out from the entries of a payment a moment later, whatever came meanwhile. */
  'newest-entry': inStore((store) => ({
    async acceptTogether(given) {
      // Not at the same moment as another gateway, which would be told that the payment is busy.
      await delay(200 + Math.random() * 200);
      return store.acceptTogether({ ...given, newestSequence: Number.MAX_SAFE_INTEGER });
    },
  })),
  /** Delivers every document at once, whatever was accepted before it. */
  ordering: inStore((store) => ({
    async accept(given) {
      const outcome = await store.accept({ ...given, orderingKey: given.id });
      const { id, version, dueAt } = outcome.entry;
      if (outcome.kind !== 'accepted' || dueAt !== null) return outcome;
      const transition = { to: 'accepted', dueInMs: 0, failures: 0, released: true } as const;
      const released = await store.intervene({ id, version, transition, details: '{}' });
      return released.kind === 'written' ? { ...outcome, entry: released.entry } : outcome;
    },
  })),
  /** Sends a document again however long ago it was sent first. */
  window: inProviders(({ capabilities, ...provider }) => ({
    ...provider,
    capabilities: { ...capabilities, deduplicationWindowMs: Number.POSITIVE_INFINITY },
  })),
  /** Sends a document under another reference although the register may have closed it. */
  'lost-connection': inReports((verdict) =>
    verdict.kind === 'doubtful' ? { kind: 'rejected', reason: verdict.reason, reissue: true } : verdict,
  ),
  /** Keeps that events are delivered as soon as they are read, before they are. */
  'event-position': inStore((store) => {
    const read = new Map<string, readonly string[]>();
    return {
      eventLog: {
        ...store.eventLog,
        async read(query) {
          const page = await store.eventLog.read(query);
          const ids = page.events.map(({ id }) => id.replaceAll('.', '-'));
          read.set(query.merchant, [...(read.get(query.merchant) ?? []), ...ids].slice(-500));
          return page;
        },
      },
      eventReaders: {
        ...store.eventReaders,
        write({ state, ...progress }) {
          const [, merchant = ''] = progress.name.split(':');
          const done = read.get(merchant) ?? [];
          return store.eventReaders.write({
            ...progress,
            state: JSON.stringify({ ...JSON.parse(state), done }),
          });
        },
      },
    };
  }),
  /** Shows every merchant the events of the next one. */
  'own-events': ({ merchants, ...settings }) => {
    const ids = merchants.map(({ id }) => id);
    const next = (merchant: string) => ids[(ids.indexOf(merchant) + 1) % ids.length] ?? merchant;
    const change = inStore(({ eventLog }) => ({
      eventLog: {
        ...eventLog,
        read: (query) => eventLog.read({ ...query, merchant: next(query.merchant) }),
        async last(asked) {
          const positions = await eventLog.last(asked.map(next));
          return new Map(asked.map((merchant) => [merchant, positions.get(next(merchant)) ?? 0]));
        },
      },
    }));
    return change({ merchants, ...settings });
  },
  /** Leaves to a person what was certainly not registered. */
  reissue: inReports((verdict) =>
    verdict.kind === 'rejected' && verdict.reissue
      ? { kind: 'doubtful', reason: { ...verdict.reason, code: 'provider.doubtful' } }
      : verdict,
  ),
};

/** Returns a change of the answers about a document that is asked for by its id. */
function inReports(change: (verdict: Verdict) => Verdict): Change {
  return inProviders((provider) => ({
    ...provider,
    poll: async (...given) => change(await provider.poll(...given)),
  }));
}

/** Returns a change of some methods of the store. */
function inStore(change: (store: LedgerStore) => Partial<LedgerStore>): Change {
  return ({ store, ...settings }) => {
    const changed = change(store);
    const mutated = new Proxy(store, {
      get(target, name) {
        const member: unknown = Reflect.get(name in changed ? changed : target, name);
        return typeof member === 'function' ? member.bind(target) : member;
      },
    });
    return { ...settings, store: mutated };
  };
}

/** Returns a change of every provider. */
function inProviders(change: (provider: Provider) => Provider): Change {
  return ({ merchants, ...settings }) => ({
    ...settings,
    merchants: merchants.map(({ providers, ...merchant }) => ({
      ...merchant,
      providers: providers.map(change),
    })),
  });
}

/** Returns the body with other names of goods; one without positions stays as it is. */
function renamed(body: Uint8Array): Uint8Array {
  const document = JSON.parse(new TextDecoder().decode(body));
  for (const position of document.positions ?? []) position.name = `Tea of ${Date.now()}`;
  return new TextEncoder().encode(JSON.stringify(document));
}
