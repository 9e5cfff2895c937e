import type { z } from 'zod';
import type { RuleCode } from '../rules/rules.js';

type RawIssue = Parameters<z.core.$ZodErrorMap>[0];

/**
 * Given to every schema at its making, so that the message of each issue is a code of the catalogue. Only here is the
 * input still at hand that tells a missing value from a wrong one.
 */
export const structural = { error: codeOf };

function codeOf(issue: RawIssue): RuleCode {
  if (issue.code === 'invalid_union' && typeof issue.discriminator === 'string') {
    // A union told apart by a field reports the whole object as its input.
    return Object(issue.input)[issue.discriminator] === undefined ? 'field.missing' : 'field.value';
  }
  return issue.input === undefined ? 'field.missing' : codeByIssue(issue.code);
}

/** The code that says the same as a kind of zod issue, where the schema names none itself. */
export function codeByIssue(issueCode: string | undefined): RuleCode {
  switch (issueCode) {
    case 'unrecognized_keys':
      return 'field.unknown';
    case 'too_big':
    case 'too_small':
      return 'field.length';
    case 'invalid_format':
      return 'field.format';
    case 'invalid_type':
    case 'invalid_union':
      return 'field.type';
    default:
      return 'field.value';
  }
}

/** Gives one check of a schema its own code. */
export function coded(code: RuleCode): { error: RuleCode } {
  return { error: code };
}

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
