import { exampleDay } from '@fiscalkit/schemas/documents';
import { writeJson } from '../generate/write-json.js';
import { allExamples } from './all-examples.js';
import { exampleMerchant } from './check-example.js';

/** The examples and their index, by path below `examples/`. */
export function exampleFiles(): Map<string, string> {
  const examples = allExamples();
  const index = {
    now: exampleDay.toISOString(),
    merchant_id: exampleMerchant,
    examples: examples.map(({ text: _, ...example }) => example),
  };
  return new Map([
    ['index.json', writeJson(index)],
    ...examples.map(({ file, text }) => [file, text] as const),
  ]);
}
