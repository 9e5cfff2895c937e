import type { z } from 'zod';
import { type Fault, maximumFaults } from '../errors/fault.js';
import { faultOf, type RuleCode, ruleOf } from '../rules/rules.js';
import { codeByIssue, isStructural } from './issue-codes.js';

type Issue = z.core.$ZodIssue;

/**
 * Converts the issues of a schema to coded faults, the first thousand of them: an issue whose message is a
 * code of the catalogue keeps it, an issue of a foreign schema gets the nearest `field.` code. Paths are JSON
 * paths unless another way to write them is given.
 */
export function faultsOfZod(
  error: Pick<z.ZodError, 'issues'>,
  writePath: (segments: readonly PropertyKey[]) => string = jsonPath,
): Fault[] {
  return error.issues
    .flatMap((issue) => {
      const nearest = isUnknownOption(issue) ? 'field.value' : codeByIssue(issue.code);
      const code = isRuleCode(issue.message) ? issue.message : nearest;
      return pathsOf(issue).map((path) => faultOf(code, writePath(path), detailOf(code, issue)));
    })
    .slice(0, maximumFaults);
}

function isRuleCode(text: string): text is RuleCode {
  return ruleOf(text) !== undefined;
}

/**
 * Splits the issue of an object's unknown fields into one a field; those that can't be named share the path
 * of the object.
 */
function pathsOf(issue: Issue): PropertyKey[][] {
  if (issue.code !== 'unrecognized_keys') return [issue.path];
  const named = issue.keys.filter(isFieldName).slice(0, maximumFaults);
  const paths = named.map((key) => [...issue.path, key]);
  return issue.keys.every(isFieldName) ? paths : [...paths, issue.path];
}

const fieldName = /^[A-Za-z_]+(?:\d{1,4}[A-Za-z_]+)*\d{0,4}(?:\[[a-z]*\])?$/;
const longestFieldName = 64;

/**
 * Checks whether a key reads like the name of a field: a document keyed by e-mails, phones or tax ids must
 * not be repeated.
 */
function isFieldName(key: string): boolean {
  return key.length <= longestFieldName && fieldName.test(key);
}

/** Returns the detail that repeats nothing of the input. */
function detailOf(code: RuleCode, issue: Issue): string | undefined {
  if (issue.code === 'custom' && typeof issue.params?.detail === 'string') return issue.params.detail;
  if (code === 'field.length' && (issue.code === 'too_big' || issue.code === 'too_small'))
    return boundOf(issue);
  if (code === 'field.value' && issue.code === 'invalid_value') return `one of ${issue.values.join(', ')}`;
  if (code === 'field.value' && isUnknownOption(issue)) return `one of ${issue.options.join(', ')}`;
  if (code !== 'field.type' || issue.code !== 'invalid_type') return undefined;
  return `expected ${issue.expected === 'record' ? 'object' : issue.expected}`;
}

/** Checks for a kind of document that a union does not have; the issue names those that it has. */
function isUnknownOption(
  issue: Issue,
): issue is Issue & { readonly options: readonly z.core.util.Primitive[] } {
  return issue.code === 'invalid_union' && 'options' in issue && Array.isArray(issue.options);
}

function boundOf(issue: z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall): string {
  return issue.code === 'too_big' ? `at most ${issue.maximum}` : `at least ${issue.minimum}`;
}

/**
 * Returns the faults of a query, by name of the parameter, in words for a query: it is no document, and a
 * repeated parameter has no JSON type.
 */
export function queryFaults(schema: z.ZodObject, error: Pick<z.ZodError, 'issues'>, query: unknown): Fault[] {
  const known = Object.keys(schema.shape).join(', ');
  return faultsOfZod(error, ([parameter = '$']) => String(parameter)).map((fault) => {
    if (fault.code === 'field.unknown')
      return { ...fault, message: `There is no such query parameter here; there are: ${known}` };
    const isRepeated = Array.isArray(Reflect.get(Object(query), fault.path));
    return isRepeated ? { ...fault, message: 'The query parameter is given more than once.' } : fault;
  });
}

/**
 * Returns the faults that the published JSON Schema of a schema finds too. Structure is types, required and
 * unknown fields, allowed values, limits of numbers and lists, the form of texts. Left out are the faults
 * that only a rule finds: check digits, decimals of a JSON number, the calendar behind a receipt link,
 * comparisons between fields. No faults: the JSON Schema accepts.
 */
export function structuralFaults(schema: z.ZodType, document: unknown): Fault[] {
  const { error } = schema.safeParse(document);
  return error ? faultsOfZod({ issues: error.issues.filter(isStructural) }) : [];
}

const plainName = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Writes a path as a JSON path: `$.positions[0].price`. */
function jsonPath(segments: readonly PropertyKey[]): string {
  return segments.reduce<string>((path, segment) => path + step(segment), '$');
}

function step(segment: PropertyKey): string {
  if (typeof segment === 'number') return `[${segment}]`;
  const name = String(segment);
  return plainName.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}
