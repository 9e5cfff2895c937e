import type { Entry } from '../entry/entry.js';
import type { LedgerStore } from '../store/ledger-store.js';
import type { MemoryContent } from './memory-row.fixture.js';

/** Clocks of a model's store. */
export interface ModelClocks {
  /** Timestamps of rows; may jump. */
  readonly clock: () => Date;
  /** Milliseconds on a clock that never jumps. */
  readonly elapsed: () => number;
  /** The timeline of the server: another one after a fail-over. */
  readonly timeline?: () => number;
}

/** The part of a store that delivery uses. */
export type DeliveryStore = Pick<
  LedgerStore,
  'accept' | 'claim' | 'settle' | 'makeDueNow' | 'boundDocumentIds'
>;

/** The part that operators and changed configurations need. */
export type OperatorStore = Pick<
  LedgerStore,
  'entry' | 'successor' | 'unfinishedOf' | 'waiting' | 'intervene' | 'holdAccount' | 'declareRestored'
>;

/** One transition as the journal records it: from, to. */
export type RecordedTransition = readonly [Entry['state'] | null, Entry['state']];

/** A store that a model can run on and inspect. */
export interface ModelStore extends DeliveryStore, OperatorStore {
  /** All entries, in the order of acceptance. */
  entries(): Promise<readonly Entry[]>;
  /** Transitions of an entry, oldest first. */
  transitionsOf(id: string): Promise<readonly RecordedTransition[]>;
  /** Does the work while nothing can be written; absent where a store cannot be made to refuse. */
  refusing?(work: () => Promise<void>): Promise<void>;
  /** Reopens the ledger, as another process does after one has died. */
  reopen(): Promise<void>;
  close(): Promise<void>;
}

/** A store that can go back to where it was. */
export interface RewindableStore extends ModelStore {
  save(): MemoryContent;
  load(content: MemoryContent): void;
}

/** Returns the store with some of its methods replaced. */
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
    transitionsOf: (id) => store.transitionsOf(id),
    reopen: () => store.reopen(),
    close: () => store.close(),
    save: () => store.save(),
    load: (content) => store.load(content),
    ...changes,
  };
}
