import { rules } from '@fiscalkit/schemas';
import type { Example } from '../examples/example.js';

/** How much of a rule the published JSON Schemas know: of the examples that break it they refuse all, some, or none. */
export type SchemaShare = 'all' | 'some' | 'none';

/** The catalogue of rules for other languages, in order of codes. */
export function publishedRules(examples: readonly Example[]) {
  const published = rules.map(({ code, severity, path, message, source, since }) => ({
    code,
    severity,
    path,
    message,
    source,
    since,
    in_schema: shareOf(code, examples),
  }));
  return published.sort((left, right) => (left.code < right.code ? -1 : 1));
}

function shareOf(code: string, examples: readonly Example[]): SchemaShare {
  const shown = examples.filter(({ faults, warnings }) =>
    [...faults, ...warnings].some((fault) => fault.code === code),
  );
  const refused = shown.filter(({ schema }) => schema === 'refuses').length;
  if (refused === 0) return 'none';
  return refused === shown.length ? 'all' : 'some';
}
