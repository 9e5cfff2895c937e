import type { RuleCode } from './rules.js';

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
