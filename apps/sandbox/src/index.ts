export { type AtolGroup, type AtolOptions, sampleAtolGroups } from './atol/group.js';
export type { JournalledAtolDocument } from './atol/journalled-document.js';
export type { AtolError } from './atol/record.js';
export type { SentCallback } from './emulators/callbacks.js';
export type { SampleAccount } from './emulators/emulator.js';
export { sampleAccounts } from './emulators/emulators.js';
export type { FaultListing } from './faults/active-fault-rule.js';
export type { EndpointName, EndpointPattern } from './faults/endpoint-name.js';
export type { Fault } from './faults/fault.js';
export type { FaultControl } from './faults/fault-registry.js';
export type { FaultRule, FaultRuleInput } from './faults/fault-rule.js';
export type {
  Journal,
  JournalFilter,
  JournalledConfirmation,
  JournalledReceipt,
} from './journal/journal.js';
export type { KeptDocument } from './journal/kept-documents.js';
export { type SandboxMerchant, sampleMerchant } from './merchant.js';
export type { SandboxOptions } from './sandbox-options.js';
export type { Sandbox } from './start-sandbox.js';
export { startSandbox } from './start-sandbox.js';
export type { WritingWay } from './writing/writing-way.js';
