import { atolEmulator } from '../atol/atol-emulator.js';
import { orangedataEmulator } from '../orangedata/orangedata-emulator.js';
import type { SentCallback } from './callbacks.js';
import type { Emulator, OpenEmulator } from './emulator.js';

/**
 * Emulated providers with endpoints of their own, by the provider's name. Adding one is an entry here: options,
 * fault rules, counters, the data file and the journal are made from it.
 */
export const emulators = { atol: atolEmulator, orangedata: orangedataEmulator } as const;

type Emulators = typeof emulators;

export type EmulatorName = keyof Emulators;

type OptionsOf<Each> = Each extends Emulator<infer Options, infer _R, infer _J, infer _E> ? Options : never;
type RecordOf<Each> = Each extends Emulator<infer _O, infer Kept, infer _J, infer _E> ? Kept : never;
type JournalledOf<Each> =
  Each extends Emulator<infer _O, infer _R, infer Journalled, infer _E> ? Journalled : never;

/** Options of the emulated providers, each under its name. */
export type EmulatorOptions = {
  readonly [Name in EmulatorName]?: OptionsOf<Emulators[Name]>;
};

/** Documents of the emulated providers, each under its name, and their callbacks in the order of the answers. */
export type EmulatorJournal = {
  readonly [Name in EmulatorName]: readonly JournalledOf<Emulators[Name]>[];
} & { readonly [Name in EmulatorName as `${Name}Callbacks`]: readonly SentCallback[] };

/** Record of a document of an emulated provider: its `kind` is the provider's name. */
export type EmulatedRecord = RecordOf<Emulators[EmulatorName]>;

export type EmulatorEndpoint = Emulators[EmulatorName]['endpoints'][number];

/** Emulator as the rest of the sandbox uses it, whatever its options and documents are. */
export type AnyEmulator = Emulator<never, EmulatedRecord, unknown, EmulatorEndpoint>;

/** Open emulator as the rest of the sandbox uses it. */
export type AnyOpenEmulator = OpenEmulator<EmulatedRecord, unknown>;

/** Names of the emulated providers. */
export const emulatorNames = Object.keys(emulators) as EmulatorName[];

/** Returns the emulator that an endpoint belongs to; `null` for FreedomPay's and FiscalBox's. */
export function emulatorOf(endpoint: string): AnyEmulator | null {
  const [name = ''] = endpoint.split('.');
  return Object.hasOwn(emulators, name) ? emulators[name as EmulatorName] : null;
}

/** Accounts that the sandbox knows without options, by the provider's name. */
export const sampleAccounts = Object.fromEntries(
  emulatorNames.map((name) => [name, emulators[name].samples]),
) as Readonly<Record<EmulatorName, (typeof emulators)[EmulatorName]['samples']>>;
