import type { Fault } from '../errors/fault.js';
import { FiscalError } from '../errors/fiscal-error.js';
import { detailRules } from './catalogue/detail-rules.js';
import { fieldRules } from './catalogue/field-rules.js';
import { linkRules } from './catalogue/link-rules.js';
import { markingRules } from './catalogue/marking-rules.js';
import { numberRules } from './catalogue/number-rules.js';
import { partyRules } from './catalogue/party-rules.js';
import { positionRules } from './catalogue/position-rules.js';
import { queryRules } from './catalogue/query-rules.js';
import { receiptRules } from './catalogue/receipt-rules.js';
import type { Rule } from './catalogue/rule.js';
import { timeRules } from './catalogue/time-rules.js';

/** Every rule that a document, link, time or query of ours can break: the catalogue, as data. */
export const rules = [
  ...fieldRules,
  ...numberRules,
  ...timeRules,
  ...receiptRules,
  ...partyRules,
  ...positionRules,
  ...markingRules,
  ...detailRules,
  ...linkRules,
  ...queryRules,
] as const;

/** The code of a rule in the catalogue. */
export type RuleCode = (typeof rules)[number]['code'];

const ruleByCode = new Map<string, Rule>(rules.map((rule) => [rule.code, rule]));

/** Looks a rule up by its code; `undefined` for a code that is not in the catalogue. */
export function ruleOf(code: RuleCode): Rule;
export function ruleOf(code: string): Rule | undefined;
export function ruleOf(code: string): Rule | undefined {
  return ruleByCode.get(code);
}

/** Makes the fault that a broken rule of the catalogue stands for; the detail must not hold a buyer's data. */
export function faultOf(code: RuleCode, path: string, detail?: string): Fault {
  const { message, severity } = ruleOf(code);
  return { code, path, message: detail === undefined ? `${message}.` : `${message}: ${detail}.`, severity };
}

/** Makes the error for a broken rule where there is one value and no document to point into. */
export function errorOf(code: RuleCode): FiscalError {
  return new FiscalError({ code, message: `${ruleOf(code).message}.`, retryable: false });
}
