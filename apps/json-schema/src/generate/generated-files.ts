import { rules } from '@fiscalkit/schemas';
import { publishedEnumerations } from '../enumerations/published-enumerations.js';
import type { Example } from '../examples/example.js';
import { allExamples, exampleFiles } from '../examples/examples.js';
import { openApi } from '../openapi/open-api.js';
import { schemaFiles } from '../schemas/schema-files.js';
import { writeJson } from './write-json.js';

/** Maps paths in the package to the texts of all generated files. */
export function generatedFiles(): Map<string, string> {
  const files = new Map<string, string>();
  for (const [path, schema] of schemaFiles()) files.set(`schemas/${path}`, writeJson(schema));
  for (const [path, text] of exampleFiles()) files.set(`examples/${path}`, text);
  files.set('openapi.json', writeJson(openApi()));
  files.set('rules.json', writeJson(publishedRules(allExamples())));
  files.set('enumerations.json', writeJson(publishedEnumerations()));
  return new Map([...files].sort(([left], [right]) => (left < right ? -1 : 1)));
}

/**
 * How much of a rule the published JSON Schemas know: they refuse all, some or none of the examples that
 * break it.
 */
type SchemaShare = 'all' | 'some' | 'none';

/** Lists the rules for other languages, in order of codes. */
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
