import type { Fault } from '../faults/fault.js';
import type { Answer } from '../http/answer.js';
import type { ProviderRoute } from '../http/route.js';
import type { RegisterDependencies } from '../register-dependencies.js';
import type { ProviderCallbacks } from './callbacks.js';

/**
 * Emulated provider with endpoints, documents and errors of its own: all that the rest of the sandbox knows of
 * it.
 */
export interface Emulator<Options, DocumentRecord, Journalled, Endpoint extends string> {
  /** Its endpoints in fault rules and call counters: the provider's name, a dot, and what is called. */
  readonly endpoints: readonly Endpoint[];
  /** Endpoint that registers documents. */
  readonly register: Endpoint;
  /** Faults that the registration knows beside those of every endpoint. */
  readonly faults: readonly OwnFaultKind[];
  /** Accounts that it knows without options, as settings of the provider's client. */
  readonly samples: readonly SampleAccount[];
  /** Returns the answer of an `error` fault. */
  errorAnswer(fault: Extract<Fault, { kind: 'error' }>): Answer;
  open(dependencies: RegisterDependencies, options: Options): OpenEmulator<DocumentRecord, Journalled>;
}

/** Kinds of faults that not every emulated provider can show. */
const ownFaultKinds = ['stay-pending', 'fail', 'late-mark', 'callback'] as const;

export type OwnFaultKind = (typeof ownFaultKinds)[number];

export function isOwnFaultKind(kind: Fault['kind']): kind is OwnFaultKind {
  return ownFaultKinds.some((each) => each === kind);
}

/** Account of an emulated provider. */
export interface SampleAccount {
  /** Provider and what distinguishes the account: `ATOL v4`. */
  readonly title: string;
  /** INN of its registers. */
  readonly inn: string;
  readonly receiptFormat: 'ru_1_05' | 'ru_1_2';
  /** Returns the settings by which the provider's client reaches it in the sandbox at this address. */
  settings(url: string): Readonly<Record<string, string>>;
}

/** Emulated provider of a running sandbox. */
export interface OpenEmulator<DocumentRecord, Journalled> {
  readonly routes: readonly ProviderRoute[];
  readonly callbacks: ProviderCallbacks;
  readonly documents: DocumentIndex<DocumentRecord>;
  /** Returns the documents under an id of ours or of a payment, or all, as the journal shows them. */
  journal(now: Date, reference: string | undefined): readonly Journalled[];
}

/** Documents of an emulated provider, in order of their taking. */
export interface DocumentIndex<DocumentRecord> {
  add(record: DocumentRecord): void;
  clear(): void;
}
