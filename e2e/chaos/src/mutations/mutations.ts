import type { ProfileName } from '../generator/profile.js';
import type { LedgerKind } from '../nemesis/fault.js';

/** The run in which a mutation shows. */
interface MutationRun {
  readonly ledger: LedgerKind;
  readonly gateways: number;
  readonly receipts: number;
  readonly kills: number;
  readonly profile: ProfileName;
}

/** A small run on SQLite in which answers are lost. */
const smallRun = {
  ledger: 'sqlite',
  gateways: 1,
  receipts: 200,
  kills: 4,
  profile: 'lost-answers',
} as const;

/** Mutations of the ledger, each named after the safety that it lacks, and the runs in which they show. */
export const mutations = {
  'unique-key': smallRun,
  fencing: { ledger: 'postgres', gateways: 3, receipts: 300, kills: 2, profile: 'stopped-gateways' },
  'find-before-resend': smallRun,
  doubtful: { ...smallRun, profile: 'illegible' },
  freezing: smallRun,
  'newest-entry': { ledger: 'postgres', gateways: 3, receipts: 300, kills: 2, profile: 'refused-often' },
  ordering: { ...smallRun, profile: 'refused-often' },
} as const satisfies Record<string, MutationRun>;

export type MutationName = keyof typeof mutations;

/** Names of all mutations. */
export const mutationNames = Object.keys(mutations) as MutationName[];
