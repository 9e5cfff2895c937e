import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the whole repository. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** An example in a language that a document prints: the first, or the one so many further on. */
export function exampleIn(document: string, language: string, index = 0): string {
  const text = readFileSync(join(root, document), 'utf8');
  const examples = [...text.matchAll(new RegExp(`\`\`\`(?:${language})\n([\\s\\S]*?)\`\`\``, 'g'))];
  const example = examples[index]?.[1];
  if (!example) throw new Error(`${document} has no example ${index} in ${language}`);
  return example;
}
