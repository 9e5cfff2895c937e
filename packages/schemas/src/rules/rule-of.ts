import type { Rule } from './rule.js';
import { type RuleCode, rules } from './rules.js';

const ruleByCode = new Map<string, Rule>(rules.map((rule) => [rule.code, rule]));

/** Looks a rule up by its code; `undefined` for a code that is not in the catalogue. */
export function ruleOf(code: RuleCode): Rule;
export function ruleOf(code: string): Rule | undefined;
export function ruleOf(code: string): Rule | undefined {
  return ruleByCode.get(code);
}
