import type { CodeRule } from './code-rule.js';

/** Codes of the wallets, which FiscalBox passes on; only those of Uzum are documented with a meaning. */
export const walletCodeRules: readonly CodeRule[] = [
  {
    code: 'apelsin.pay.authorization.error',
    verdict: 'retry',
    unauthorized: true,
    because: 'FiscalBox lost its access to the wallet',
  },
  {
    code: 'apelsin.pay.safe.mode.on',
    verdict: 'retry',
    outage: true,
    because: 'the wallet works in safe mode',
  },
  { code: 'apelsin.pay.service.not.working', verdict: 'retry', outage: true, because: 'the wallet is down' },
  {
    code: 'apelsin.pay.unsupported.operation',
    verdict: 'rejected',
    because: 'the wallet has no such operation',
  },
  {
    code: 'external.service.unavailable',
    verdict: 'retry',
    outage: true,
    because: 'a service behind is down',
  },
  { code: 'operation.forbidden', verdict: 'rejected', because: 'the payment takes no receipt' },
  { code: 'operation.is.inProcess', verdict: 'unknown', because: 'the wallet still works on it' },
  { code: 'operation.not.found', verdict: 'rejected', because: 'the payment is not known' },
  { code: 'unsupported.fiscal.url', verdict: 'rejected', because: 'the wallet does not take this link' },
];
