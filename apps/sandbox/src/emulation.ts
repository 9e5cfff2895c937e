import { randomUUID } from 'node:crypto';
import { controlRoutes } from './control/control-routes.js';
import type { Emulator } from './emulators/emulator.js';
import { type AnyOpenEmulator, type EmulatorName, emulatorNames, emulators } from './emulators/emulators.js';
import { FaultRegistry } from './faults/fault-registry.js';
import { fiscalboxRoutes } from './fiscalbox/fiscalbox-routes.js';
import { freedompayRoutes } from './freedompay/freedompay-routes.js';
import type { Route } from './http/route.js';
import type { Journal, JournalFilter } from './journal/journal.js';
import { type KeptDocument, KeptDocuments } from './journal/kept-documents.js';
import { CallCounters, readJournal } from './journal/read-journal.js';
import { sampleMerchant } from './merchant.js';
import { openRecords } from './records/record-repository.js';
import type { RegisterDependencies } from './register-dependencies.js';
import { type SandboxOptions, sandboxDefaults } from './sandbox-options.js';
import { readWriting } from './writing/writing-way.js';

/** The emulated providers, independent of the HTTP server. */
export interface Emulation {
  readonly routes: readonly Route[];
  readonly faults: FaultRegistry;
  readonly counters: CallCounters;
  journal(filter?: JournalFilter): Journal;
  documents(): readonly KeptDocument[];
  reset(): void;
  /** Moves the clock forward, in milliseconds. */
  advance(milliseconds: number): void;
  /** Closes the data file, and ends callbacks. */
  close(): void;
}

/**
 * Assembles the emulated providers and the control interface. Throws `sandbox.fault.invalid`,
 * `sandbox.writing.invalid` or `sandbox.data.unreadable`.
 */
export function createEmulation(options: SandboxOptions): Emulation {
  const { seed, registrationDelayMs } = { ...sandboxDefaults, ...options };
  const { merchants = [sampleMerchant], clock: ownClock = () => new Date(), createId = randomUUID } = options;
  let aheadMs = 0;
  const clock = () => new Date(ownClock().getTime() + aheadMs);
  const advance = (milliseconds: number) => {
    aheadMs += milliseconds;
  };
  const writing = readWriting(options.writing ?? []);
  const faults = new FaultRegistry(seed, options.faults ?? []);
  const records = openRecords(options.dataFile);
  const counters = new CallCounters();
  const merchantsById = new Map(merchants.map((merchant) => [merchant.id, merchant]));

  const journal = (filter: JournalFilter = {}) =>
    readJournal({ records, counters, emulated, now: clock() }, filter);
  const health = () => ({ status: 'ok', seed });
  const reset = () => {
    records.clear();
    kept.clear();
    counters.reset();
    faults.reset();
    for (const { callbacks } of Object.values(emulated)) callbacks.reset();
    aheadMs = 0;
  };
  const kept = new KeptDocuments(options.keepDocuments ?? false);
  const register = { records, kept, registrationDelayMs, writing, seed, clock, createId };
  const emulated = openEmulators(register, options);
  const routes = [
    ...freedompayRoutes({ ...register, merchants: merchantsById }),
    ...fiscalboxRoutes({ records, kept, clock }),
    ...Object.values(emulated).flatMap((emulator) => emulator.routes),
    ...controlRoutes({ faults, journal, reset, health, advance }),
  ];
  const close = () => {
    for (const { callbacks } of Object.values(emulated)) callbacks.close();
    records.close();
  };
  const documents = () => kept.list();
  return { routes, faults, counters, journal, documents, reset, advance, close };
}

/** Opens the emulated providers, each with its options and with its documents of the data file. */
function openEmulators(
  register: RegisterDependencies,
  options: SandboxOptions,
): Readonly<Record<EmulatorName, AnyOpenEmulator>> {
  const opened = emulatorNames.map((name) => {
    // Each has the options of its own name.
    const emulator = emulators[name] as Emulator<object, never, unknown, string>;
    const open: AnyOpenEmulator = emulator.open(register, options[name] ?? {});
    register.records.attach(name, open.documents);
    return [name, open] as const;
  });
  return Object.fromEntries(opened) as Readonly<Record<EmulatorName, AnyOpenEmulator>>;
}
