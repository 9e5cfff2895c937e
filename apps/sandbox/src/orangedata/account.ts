import { createPublicKey } from 'node:crypto';
import { sampleSignatureKey } from './sample-signature-key.js';

/** A group of registers of an organisation at the emulated OrangeData. */
export interface OrangedataAccount {
  readonly inn: string;
  readonly group: string;
  /** Format of the group's registers: FFD 1.05 or FFD 1.2. */
  readonly format: 'ru_1_05' | 'ru_1_2';
  /** Name of the signature's key. */
  readonly key: string;
  /** Public key of signatures, in PEM. */
  readonly publicKey: string;
}

const publicKey = String(createPublicKey(sampleSignatureKey).export({ format: 'pem', type: 'spki' }));
const sample = { inn: '5544332219', key: '5544332219', publicKey };

/** Groups with the usual names, one for each format; documents are signed with `sampleSignatureKey`. */
export const sampleOrangedataAccounts: readonly OrangedataAccount[] = [
  { ...sample, group: 'Main', format: 'ru_1_05' },
  { ...sample, group: 'Main_2', format: 'ru_1_2' },
];

/** Options of the emulated OrangeData; all have defaults. Durations are in milliseconds. */
export interface OrangedataOptions {
  /** Default: the two sample accounts, one for each format. */
  readonly accounts?: readonly OrangedataAccount[];
  /** Time in which a document that no register takes expires; default 30 days. */
  readonly queueMs?: number;
  /** Time for which ids and documents are kept; default 90 days. */
  readonly memoryMs?: number;
  /** Questions that a group answers in a second, more get a 429; default: any number. */
  readonly statusesPerSecond?: number;
}

const dayMs = 86_400_000;

export const orangedataDefaults = { queueMs: 30 * dayMs, memoryMs: 90 * dayMs } as const;
