import type { z } from 'zod';
import { codeByIssue } from './code-by-issue.js';
import type { Fault } from './fault.js';
import { faultOf } from './fault-of.js';
import { jsonPath } from './json-path.js';
import { maximumFaults } from './maximum-faults.js';
import { ruleOf } from './rule-of.js';
import type { RuleCode } from './rules.js';

type Issue = z.core.$ZodIssue;

/**
 * Turns the issues of a schema into coded faults, the first thousand of them: an issue whose message is a code of the catalogue
 * keeps it, an issue of a foreign schema gets the nearest `field.` code. Paths are JSON paths unless another way to write
 * them is given.
 */
export function faultsOfZod(
  error: Pick<z.ZodError, 'issues'>,
  writePath: (segments: readonly PropertyKey[]) => string = jsonPath,
): Fault[] {
  return error.issues
    .flatMap((issue) => {
      const code = isRuleCode(issue.message) ? issue.message : codeByIssue(issue.code);
      return pathsOf(issue).map((path) => faultOf(code, writePath(path), detailOf(code, issue)));
    })
    .slice(0, maximumFaults);
}

function isRuleCode(text: string): text is RuleCode {
  return ruleOf(text) !== undefined;
}

/** Unknown fields of one object come as one issue; those that can't be named are told once, by the object that they stand in. */
function pathsOf(issue: Issue): PropertyKey[][] {
  if (issue.code !== 'unrecognized_keys') return [issue.path];
  const named = issue.keys.filter(isFieldName).slice(0, maximumFaults);
  const paths = named.map((key) => [...issue.path, key]);
  return issue.keys.every(isFieldName) ? paths : [...paths, issue.path];
}

const fieldName = /^[A-Za-z_]+(?:\d{1,4}[A-Za-z_]+)*\d{0,4}(?:\[[a-z]*\])?$/;
const longestFieldName = 64;

/** Whether a key reads like the name of a field: a document keyed by e-mails, phones or tax ids must not be repeated. */
function isFieldName(key: string): boolean {
  return key.length <= longestFieldName && fieldName.test(key);
}

/** What may be said without repeating what was sent. */
function detailOf(code: RuleCode, issue: Issue): string | undefined {
  if (issue.code === 'custom' && typeof issue.params?.detail === 'string') return issue.params.detail;
  if (code === 'field.length' && (issue.code === 'too_big' || issue.code === 'too_small'))
    return boundOf(issue);
  if (code === 'field.value' && issue.code === 'invalid_value') return `one of ${issue.values.join(', ')}`;
  return code === 'field.type' && issue.code === 'invalid_type' ? `expected ${issue.expected}` : undefined;
}

function boundOf(issue: z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall): string {
  return issue.code === 'too_big' ? `at most ${issue.maximum}` : `at least ${issue.minimum}`;
}
