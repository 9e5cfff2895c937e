export {
  type AccountLimits,
  capabilitiesFor,
  type OperationCapabilities,
  type OperationOfDocument,
  type ProviderCapabilities,
  type UnknownPlan,
  unknownPlan,
} from './contract/capabilities.js';
export { type LateField, withLateFields } from './contract/late-field.js';
export type {
  CallbackHint,
  CallOptions,
  DocumentIdentity,
  FindOptions,
  IncomingCallback,
  ListedDocument,
  ListWindow,
  OriginDocument,
  OtherPayment,
  Provider,
  ProviderAccount,
  RegistrationDocument,
  RegistrationRequest,
  SubmitOptions,
  UnknownOutcome,
} from './contract/provider.js';
export type { ProviderFactory, ProviderSetting } from './contract/provider-factory.js';
export {
  type Candidate,
  type Doubtful,
  type Finding,
  findingOf,
  type Pending,
  type Reason,
  type Registered,
  type Registration,
  type Rejected,
  type RepeatState,
  type Retry,
  type Unknown,
  type Verdict,
} from './contract/verdict.js';
export type { ClientCallOptions } from './transport/client-call-options.js';
export type { TransportSettings } from './transport/transport.js';
export { type ReasonCode, reasonCodes } from './verdicts/reason-codes.js';
