import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { publicDocuments } from '@fiscalkit/schemas/documents';
import { allExamples } from '../examples/all-examples.js';
import { schemaFiles } from '../schemas/schema-files.js';
import { corpusLines } from './corpus-lines.js';

/** Where a corpus is written, and what it is drawn with. */
export interface Corpus {
  readonly folder: string;
  /** Documents that are drawn about each schema, apart from its examples. */
  readonly count: number;
  readonly seed: number;
}

/** Writes `<document>.jsonl` for every public document: all its examples, then what is drawn. Answers the documents' names. */
export async function writeCorpus({ folder, count, seed }: Corpus): Promise<string[]> {
  const files = schemaFiles();
  const examples = Map.groupBy(allExamples(), (example) => example.document);
  await mkdir(folder, { recursive: true });
  for (const document of publicDocuments) {
    const published = files.get(`2020-12/${document.name}.json`) ?? {};
    const values = (examples.get(document.name) ?? []).map(({ text }): unknown => JSON.parse(text));
    const lines = corpusLines({ document, examples: values, published, count, seed });
    await writeFile(join(folder, `${document.name}.jsonl`), `${lines.join('\n')}\n`);
  }
  return publicDocuments.map(({ name }) => name);
}
