import { publicDocuments } from '@fiscalkit/schemas/documents';
import { writeJson } from '../generate/write-json.js';
import { warningsOf } from './check-example.js';
import type { Example } from './example.js';

/** Documents of every kind that are accepted. */
export function soundExamples(): Example[] {
  return publicDocuments.flatMap(({ name, examples }) =>
    examples.map((value, index): Example => {
      const file = `${name}/valid/${index + 1}.json`;
      const warnings = warningsOf(name, value);
      return {
        file,
        document: name,
        valid: true,
        schema: 'accepts',
        faults: [],
        warnings,
        text: writeJson(value),
      };
    }),
  );
}
