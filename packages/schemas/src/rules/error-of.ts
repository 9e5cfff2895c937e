import { FiscalError } from '../errors/fiscal-error.js';
import { ruleOf } from './rule-of.js';
import type { RuleCode } from './rules.js';

/** Makes the error for a broken rule where there is one value and no document to point into. */
export function errorOf(code: RuleCode): FiscalError {
  return new FiscalError({ code, message: `${ruleOf(code).message}.`, retryable: false });
}
