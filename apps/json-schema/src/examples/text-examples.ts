import type { Example } from './example.js';

/** Texts that break a rule which no document of the contract can show. */
export const textExamples: readonly Example[] = [
  textExample('time/invalid/time.format.json', 'time.format', '"2023-03-29 17:37:00"\n'),
  textExample('time/invalid/time.format-2.json', 'time.format', '"29.02.2023 17:37:00"\n'),
  textExample('json/invalid/json.value.json', 'json.value', '{ "total": 1e400 }\n'),
];

function textExample(file: string, code: string, text: string): Example {
  const [document = ''] = file.split('/');
  return { file, document, valid: false, schema: null, faults: [{ code, path: '$' }], warnings: [], text };
}
