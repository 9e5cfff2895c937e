import type { Fault } from '../errors/fault.js';
import { FiscalError } from '../errors/fiscal-error.js';
import { closingRules } from './catalogue/closing-rules.js';
import { correctionRules } from './catalogue/correction-rules.js';
import { detailRules } from './catalogue/detail-rules.js';
import { fieldRules } from './catalogue/field-rules.js';
import { linkRules } from './catalogue/link-rules.js';
import { markingRules } from './catalogue/marking-rules.js';
import { numberRules } from './catalogue/number-rules.js';
import { partyRules } from './catalogue/party-rules.js';
import { positionRules } from './catalogue/position-rules.js';
import { queryRules } from './catalogue/query-rules.js';
import { receiptRules } from './catalogue/receipt-rules.js';
import { refundRules } from './catalogue/refund-rules.js';
import type { Rule } from './catalogue/rule.js';
import { timeRules } from './catalogue/time-rules.js';

/** Catalogue of every rule that a document, link, time or query of ours can break, as data. */
export const rules = [
  ...fieldRules,
  ...numberRules,
  ...timeRules,
  ...receiptRules,
  ...partyRules,
  ...positionRules,
  ...markingRules,
  ...detailRules,
  ...refundRules,
  ...closingRules,
  ...correctionRules,
  ...linkRules,
  ...queryRules,
] as const;

/** Code of a rule in the catalogue. */
export type RuleCode = (typeof rules)[number]['code'];

const ruleByCode = new Map<string, Rule>(rules.map((rule) => [rule.code, rule]));

/** Looks a rule up by its code; `undefined` for an unknown code. */
export function ruleOf(code: RuleCode): Rule;
export function ruleOf(code: string): Rule | undefined;
export function ruleOf(code: string): Rule | undefined {
  return ruleByCode.get(code);
}

/** Builds the fault of a broken rule; the detail must not hold a buyer's data. */
export function faultOf(code: RuleCode, path: string, detail?: string): Fault {
  const { message, severity } = ruleOf(code);
  return { code, path, message: detail === undefined ? `${message}.` : `${message}: ${detail}.`, severity };
}

/** Builds the error of a broken rule for a single value, outside of any document. */
export function errorOf(code: RuleCode): FiscalError {
  return new FiscalError({ code, message: `${ruleOf(code).message}.`, retryable: false });
}
