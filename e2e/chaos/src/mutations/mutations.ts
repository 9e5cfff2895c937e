import type { LedgerKind } from '../nemesis/fault.js';
import { type ProviderName, usualDayMs } from '../providers/providers.js';

/** The run in which a mutation shows. */
interface MutationRun {
  readonly provider: ProviderName;
  readonly dayMs: number;
  readonly ledger: LedgerKind;
  readonly gateways: number;
  readonly receipts: number;
  readonly kills: number;
  readonly profile: string;
}

const freedompay = { provider: 'freedompay', dayMs: usualDayMs } as const;

/** A small run on SQLite in which answers are lost. */
const smallRun = {
  ...freedompay,
  ledger: 'sqlite',
  gateways: 1,
  receipts: 200,
  kills: 4,
  profile: 'lost-answers',
} as const;

/** The same at ATOL, whose days are as short as they may be. */
const smallRunAtAtol = { ...smallRun, provider: 'atol-v5', dayMs: 1_000, receipts: 100, kills: 2 } as const;

/** Mutations of the ledger, each named after the safety that it lacks, and the runs in which they show. */
export const mutations = {
  'unique-key': smallRun,
  fencing: {
    ...freedompay,
    ledger: 'postgres',
    gateways: 3,
    receipts: 300,
    kills: 2,
    profile: 'stopped-gateways',
  },
  'find-before-resend': smallRun,
  doubtful: { ...smallRun, profile: 'illegible' },
  freezing: smallRun,
  'newest-entry': {
    ...freedompay,
    ledger: 'postgres',
    gateways: 3,
    receipts: 300,
    kills: 2,
    profile: 'refused-often',
  },
  ordering: { ...smallRun, profile: 'refused-often' },
  window: { ...smallRunAtAtol, profile: 'long-silence' },
  'lost-connection': { ...smallRunAtAtol, profile: 'lost-connections' },
  'event-position': { ...smallRun, receipts: 120, kills: 6 },
  'own-events': { ...smallRun, receipts: 60, kills: 1 },
  reissue: { ...smallRunAtAtol, profile: 'lost-connections' },
} as const satisfies Record<string, MutationRun>;

export type MutationName = keyof typeof mutations;

/** Names of all mutations. */
export const mutationNames = Object.keys(mutations) as MutationName[];
