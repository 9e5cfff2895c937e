import { isDeepStrictEqual } from 'node:util';
import { ruleOf } from '@fiscalkit/schemas';
import {
  type FaultyDocument,
  faultyDocuments,
  publicDocuments,
  structuralFaults,
} from '@fiscalkit/schemas/documents';
import { writeJson } from '../generate/write-json.js';
import type { Example } from './example.js';

const schemas = new Map(publicDocuments.map(({ name, schema }) => [name, schema]));

/** Documents that break one rule each, and documents with one warning each. */
export function faultyExamples(): Example[] {
  return Object.entries(faultyDocuments).flatMap(([document, faulty]) => {
    const writable = faulty.filter(({ input }) => isJson(input));
    return writable.map((each, index) =>
      exampleOf(document, each, ordinalOf(each, writable.slice(0, index))),
    );
  });
}

/** Counts the examples of one code, from 1. */
function ordinalOf({ code }: FaultyDocument, before: readonly FaultyDocument[]): number {
  return before.filter((other) => other.code === code).length + 1;
}

function exampleOf(document: string, { code, path, input }: FaultyDocument, ordinal: number): Example {
  const isWarning = ruleOf(code).severity === 'warning';
  const schema = schemas.get(document);
  const found = [{ code, path }];
  return {
    file: `${document}/${isWarning ? 'doubtful' : 'invalid'}/${code}${ordinal > 1 ? `-${ordinal}` : ''}.json`,
    document,
    valid: isWarning,
    schema: schema && structuralFaults(schema, input).length > 0 ? 'refuses' : 'accepts',
    faults: isWarning ? [] : found,
    warnings: isWarning ? found : [],
    text: writeJson(input),
  };
}

/** Whether a value comes back from JSON as it was: examples for programs may hold what JSON has no word for. */
function isJson(value: unknown): boolean {
  return isDeepStrictEqual(JSON.parse(JSON.stringify(value)), value);
}
