import type { z } from 'zod';
import type { RuleCode } from '../rules/rules.js';

type RawIssue = Parameters<z.core.$ZodErrorMap>[0];

/**
 * Error option of every schema here, which makes the message of each issue a code of the catalogue. Only here
 * is the input still at hand that tells a missing value from a wrong one.
 */
export const structural = { error: codeOf };

function codeOf(issue: RawIssue): RuleCode {
  if (issue.code === 'invalid_union' && typeof issue.discriminator === 'string') {
    // A discriminated union reports the whole object as its input.
    return Object(issue.input)[issue.discriminator] === undefined ? 'field.missing' : 'field.value';
  }
  return issue.input === undefined ? 'field.missing' : codeByIssue(issue.code);
}

/** Returns the code nearest to a kind of zod issue, for schemas that name none. */
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

/** Gives a check of a schema its own code. */
export function coded(code: RuleCode): { error: RuleCode } {
  return { error: code };
}

const mark = { beyondStructure: true } as const;

/** Marks the issues of a check as beyond structure: no JSON Schema expresses it, the rule alone does. */
export const beyondStructure = { params: mark } as const;

/** Gives a check that JSON Schema can't express its own code. */
export function ruleOnly(code: RuleCode) {
  return { error: code, ...beyondStructure };
}

/** Checks whether the published JSON Schema finds the fault of this zod issue too. */
export function isStructural(issue: object): boolean {
  return !('params' in issue) || Object(issue.params).beyondStructure !== true;
}
