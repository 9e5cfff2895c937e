import type { Fault } from './fault.js';
import { ruleOf } from './rule-of.js';
import type { RuleCode } from './rules.js';

/** Makes the fault that a broken rule of the catalogue stands for; the detail must not hold a buyer's data. */
export function faultOf(code: RuleCode, path: string, detail?: string): Fault {
  const { message, severity } = ruleOf(code);
  return { code, path, message: detail === undefined ? `${message}.` : `${message}: ${detail}.`, severity };
}
