export { type DetachedSigning, signDetached } from './sign-detached.js';
export {
  type DetachedVerification,
  type SignatureCheck,
  type SignatureFault,
  verifyDetached,
} from './verify-detached.js';
