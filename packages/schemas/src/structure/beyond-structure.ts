import type { RuleCode } from '../rules/rules.js';

const mark = { beyondStructure: true } as const;

/** Marks what a check finds as beyond structure: no JSON Schema says it, the rule alone does. */
export const beyondStructure = { params: mark } as const;

/** Gives a check of a schema its own code where JSON Schema has no words for what it checks. */
export function ruleOnly(code: RuleCode) {
  return { error: code, ...beyondStructure };
}

/** Whether the published JSON Schema finds the same fault as this issue of its zod schema. */
export function isStructural(issue: object): boolean {
  return !('params' in issue) || Object(issue.params).beyondStructure !== true;
}
