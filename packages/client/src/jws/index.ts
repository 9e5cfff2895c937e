export {
  createReplayGuard,
  type ReplayGuard,
  type ReplayGuardSettings,
} from './replay-guard.js';
export { type DetachedSigning, signDetached } from './sign-detached.js';
export type {
  AcceptedSignature,
  ReplayFault,
  SignatureCheck,
  SignatureFault,
} from './signature-check.js';
export { type DetachedVerification, verifyDetached } from './verify-detached.js';
