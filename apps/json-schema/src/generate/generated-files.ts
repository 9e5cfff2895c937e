import { publishedEnumerations } from '../enumerations/published-enumerations.js';
import { allExamples } from '../examples/all-examples.js';
import { exampleFiles } from '../examples/example-files.js';
import { openApi } from '../openapi/open-api.js';
import { publishedRules } from '../rules/published-rules.js';
import { schemaFiles } from '../schemas/schema-files.js';
import { writeJson } from './write-json.js';

/** Everything that is generated, by its path in the package. */
export function generatedFiles(): Map<string, string> {
  const files = new Map<string, string>();
  for (const [path, schema] of schemaFiles()) files.set(`schemas/${path}`, writeJson(schema));
  for (const [path, text] of exampleFiles()) files.set(`examples/${path}`, text);
  files.set('openapi.json', writeJson(openApi()));
  files.set('rules.json', writeJson(publishedRules(allExamples())));
  files.set('enumerations.json', writeJson(publishedEnumerations()));
  return new Map([...files].sort(([left], [right]) => (left < right ? -1 : 1)));
}
