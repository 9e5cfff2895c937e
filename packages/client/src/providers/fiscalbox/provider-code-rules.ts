import type { CodeRule } from './code-rule.js';

/**
 * FiscalBox's own codes, as its documents list them. A repeat of a confirmation has no documented code;
 * should one turn up, it belongs here as `registered`.
 */
export const providerCodeRules: readonly CodeRule[] = [
  { code: '7', verdict: 'rejected', because: 'a field fails validation' },
  { code: '101', verdict: 'retry', outage: true, because: 'the printer of the register does not work' },
  { code: '102', verdict: 'retry', outage: true, because: 'the fiscal module is not initialised' },
  { code: '103', verdict: 'unknown', outage: true, because: 'an internal fault, at an unknown point' },
  { code: '104', verdict: 'rejected', because: 'an argument is not valid' },
  { code: '105', verdict: 'retry', outage: true, because: 'billing trouble of the installation' },
  { code: '106', verdict: 'unknown', because: 'the payment failed somewhere at the wallet' },
  {
    code: '303',
    verdict: 'unknown',
    outage: true,
    because: 'saving failed, maybe after the wallet was told',
  },
  { code: '333', verdict: 'retry', outage: true, because: 'the service subscription ran out' },
  { code: '401', verdict: 'rejected', because: 'the product code is missing' },
  { code: '402', verdict: 'rejected', because: 'the package or marking code is wrong' },
  { code: '403', verdict: 'rejected', because: 'the payment is not known' },
  {
    code: '444',
    verdict: 'retry',
    outage: true,
    unauthorized: true,
    because: 'the subscription does not allow our address',
  },
  {
    code: 'WRONG_TOKEN',
    verdict: 'retry',
    unauthorized: true,
    because: 'the register, by the words of its communicator, does not know the key',
  },
];
