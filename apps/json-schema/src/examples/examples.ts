import { isDeepStrictEqual } from 'node:util';
import { ruleOf } from '@fiscalkit/schemas';
import {
  exampleDay,
  type FaultyDocument,
  faultyDocuments,
  publicDocuments,
  structuralFaults,
} from '@fiscalkit/schemas/documents';
import { writeJson } from '../generate/write-json.js';
import { exampleMerchant, warningsOf } from './check-example.js';
import type { Example } from './example.js';

/** Returns all examples, in order of their files. */
export function allExamples(): Example[] {
  const examples = [...soundExamples(), ...faultyExamples(), ...textExamples];
  return examples.sort((left, right) => (left.file < right.file ? -1 : 1));
}

/** Returns accepted documents of every kind. */
function soundExamples(): Example[] {
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

const schemas = new Map(publicDocuments.map(({ name, schema }) => [name, schema]));

/** Returns documents that break one rule each, and documents with one warning each. */
function faultyExamples(): Example[] {
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

/** Whether a value survives JSON: the examples for programs may hold values that JSON has not. */
function isJson(value: unknown): boolean {
  return isDeepStrictEqual(JSON.parse(JSON.stringify(value)), value);
}

/** Texts that break a rule which no document of the contract can break. */
const textExamples: readonly Example[] = [
  textExample('time/invalid/time.format.json', 'time.format', '"2023-03-29 17:37:00"\n'),
  textExample('time/invalid/time.format-2.json', 'time.format', '"29.02.2023 17:37:00"\n'),
  textExample('json/invalid/json.value.json', 'json.value', '{ "total": 1e400 }\n'),
];

function textExample(file: string, code: string, text: string): Example {
  const [document = ''] = file.split('/');
  return { file, document, valid: false, schema: null, faults: [{ code, path: '$' }], warnings: [], text };
}

/** Maps paths below `examples/` to the texts of the examples and of their index. */
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
