import { type PublicDocument, structuralFaults } from '@fiscalkit/schemas/documents';
import fc from 'fast-check';
import type { JsonSchema } from '../schemas/json-schema.js';
import { arbitraryDocument } from './arbitrary-document.js';
import { portableNumbers } from './portable-numbers.js';

/** What a corpus is drawn with. */
export interface CorpusDrawing {
  readonly document: PublicDocument;
  /** Documents that come before those that are drawn. */
  readonly examples: readonly unknown[];
  /** The document's published schema of the 2020-12 dialect. */
  readonly published: JsonSchema;
  readonly count: number;
  readonly seed: number;
}

/** Draws documents about a schema, each with the verdict that validators must come to: a line of JSON a document, all ASCII. */
export function corpusLines({ document, examples, published, count, seed }: CorpusDrawing): string[] {
  const drawn = fc.sample(arbitraryDocument(published).map(portableNumbers), { numRuns: count, seed });
  return [...examples, ...drawn].map((each) => {
    // What is judged is what is printed: a number without end is written as null.
    const value: unknown = JSON.parse(JSON.stringify(each));
    const valid = structuralFaults(document.schema, value).length === 0;
    return JSON.stringify({ valid, value }).replaceAll(/[\u007f-\uffff]/g, escaped);
  });
}

function escaped(sign: string): string {
  return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
