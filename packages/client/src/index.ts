export {
  type CallOptions,
  type DocumentIdentity,
  type FindOptions,
  type ListedDocument,
  type ListWindow,
  type OriginDocument,
  type OtherPayment,
  type Provider,
  type ProviderAccount,
  type ProviderCapabilities,
  type RegistrationDocument,
  type RegistrationRequest,
  type SubmitOptions,
  type UnknownOutcome,
  type UnknownPlan,
  unknownPlan,
} from './contract/provider.js';
export type {
  Candidate,
  Doubtful,
  Finding,
  Pending,
  Reason,
  Registered,
  Registration,
  Rejected,
  Retry,
  Unknown,
  Verdict,
} from './contract/verdict.js';
export type { ClientCallOptions } from './transport/client-call-options.js';
export type { TransportSettings } from './transport/transport.js';
export { type ReasonCode, reasonCodes } from './verdicts/reason-codes.js';
