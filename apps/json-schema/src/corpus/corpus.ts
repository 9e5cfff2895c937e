import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type PublicDocument, publicDocuments, structuralFaults } from '@fiscalkit/schemas/documents';
import fc from 'fast-check';
import { allExamples } from '../examples/examples.js';
import type { JsonSchema } from '../schemas/json-schema.js';
import { schemaFiles } from '../schemas/schema-files.js';
import { arbitraryDocument } from './arbitrary-document.js';

/** The folder and the size of a corpus. */
export interface Corpus {
  readonly folder: string;
  /** Documents to draw for each schema, in addition to its examples. */
  readonly count: number;
  readonly seed: number;
}

/**
 * Writes `<document>.jsonl` for every public document: its examples, then drawn ones. Returns the documents'
 * names.
 */
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

/** The settings for the corpus of one document. */
export interface DocumentCorpus {
  readonly document: PublicDocument;
  /** Documents that come before the drawn ones. */
  readonly examples: readonly unknown[];
  /** The document's published schema of the 2020-12 dialect. */
  readonly published: JsonSchema;
  readonly count: number;
  readonly seed: number;
}

/**
 * Draws documents for a schema, each with the result that validators must come to. Returns one line of ASCII
 * JSON for each document.
 */
export function corpusLines({ document, examples, published, count, seed }: DocumentCorpus): string[] {
  const drawn = fc.sample(arbitraryDocument(published).map(portableNumbers), { numRuns: count, seed });
  return [...examples, ...drawn].map((each) => {
    // Validators see the printed document: JSON has no infinity and prints it as null.
    const value: unknown = JSON.parse(JSON.stringify(each));
    const valid = structuralFaults(document.schema, value).length === 0;
    return JSON.stringify({ valid, value }).replaceAll(/[\u007f-\uffff]/g, escaped);
  });
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/**
 * Rounds the numbers of a document to 15 digits, which every language reads as the same number (RFC 8259,
 * section 6): with no more digits, 101661561362300.98 is an integer.
 */
export function portableNumbers(document: unknown): unknown {
  return JSON.parse(JSON.stringify(document), (_, value) =>
    typeof value === 'number' ? Number(value.toPrecision(15)) : value,
  );
}
