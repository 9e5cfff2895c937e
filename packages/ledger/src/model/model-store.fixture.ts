import type { Entry } from '../entry/entry.js';
import type { LedgerStore } from '../store/ledger-store.js';
import type { MemoryContent } from './memory-row.fixture.js';

/** What a store of a world can tell the time by. */
export interface ModelClocks {
  /** What rows are stamped with; it may jump. */
  readonly clock: () => Date;
  /** Milliseconds on a clock that never jumps. */
  readonly elapsed: () => number;
  /** The timeline of the server: another one after a fail-over. */
  readonly timeline?: () => number;
}

/** The part of a store that delivery lives on. */
export type DeliveryStore = Pick<
  LedgerStore,
  'accept' | 'claim' | 'settle' | 'makeDueNow' | 'boundDocumentIds'
>;

/** The part that people and changed configurations need. */
export type PeoplesStore = Pick<
  LedgerStore,
  'entry' | 'successor' | 'unfinishedOf' | 'waiting' | 'intervene' | 'holdAccount' | 'declareRestored'
>;

/** One transition as the journal tells it: from, to. */
export type Told = readonly [Entry['state'] | null, Entry['state']];

/** A store that a world can run on and look into. */
export interface ModelStore extends DeliveryStore, PeoplesStore {
  /** All entries, in the order of acceptance. */
  entries(): Promise<readonly Entry[]>;
  /** What the journal tells of an entry, oldest first. */
  told(id: string): Promise<readonly Told[]>;
  /** Does the work while nothing can be written; absent where that can't be had. */
  refusing?(work: () => Promise<void>): Promise<void>;
  /** The process that had the ledger died, and another opens it. */
  reopen(): Promise<void>;
  close(): Promise<void>;
}

/** A store that can go back to where it was. */
export interface RewindableStore extends ModelStore {
  save(): MemoryContent;
  load(content: MemoryContent): void;
}

/** The same store, with some of its methods replaced. */
export function withChanges(store: RewindableStore, changes: Partial<RewindableStore>): RewindableStore {
  return {
    accept: (entry) => store.accept(entry),
    claim: (query) => store.claim(query),
    settle: (settlement) => store.settle(settlement),
    makeDueNow: (provider, accounts) => store.makeDueNow(provider, accounts),
    boundDocumentIds: (entry) => store.boundDocumentIds(entry),
    entry: (id) => store.entry(id),
    successor: (entry) => store.successor(entry),
    unfinishedOf: (query) => store.unfinishedOf(query),
    waiting: (provider, names) => store.waiting(provider, names),
    intervene: (intervention) => store.intervene(intervention),
    holdAccount: (query) => store.holdAccount(query),
    declareRestored: (window) => store.declareRestored(window),
    entries: () => store.entries(),
    told: (id) => store.told(id),
    reopen: () => store.reopen(),
    close: () => store.close(),
    save: () => store.save(),
    load: (content) => store.load(content),
    ...changes,
  };
}
