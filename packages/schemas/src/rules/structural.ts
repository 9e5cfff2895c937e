import type { z } from 'zod';
import { codeByIssue } from './code-by-issue.js';
import type { RuleCode } from './rules.js';

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
