import { publicDocuments } from '@fiscalkit/schemas/documents';
import type { Problem } from './problem.js';
import { internalProblem, timeoutProblem, tooManyHeaders } from './problems.js';
import { exampleRef, headerRef, schemaRef } from './references.js';

const titles: Readonly<Record<number, string>> = {
  400: 'The request can not be understood.',
  401: 'Nobody that we know sent the request.',
  404: 'There is no such thing.',
  409: 'The request contradicts what was stored before.',
  410: 'What was asked for is no longer kept.',
  413: 'The body is too large.',
  414: 'The path is too long.',
  415: 'The body is not JSON in UTF-8.',
  422: 'The document has faults.',
  429: 'Too many requests; Retry-After says when to come again.',
  431: 'The headers are too large.',
  503: 'Not now; nothing was stored. Retry-After says when to come again.',
};

/** Describes the errors of a route: one answer for each status, with an example for every code. */
export function errorAnswers(ofRoute: readonly Problem[]): Record<string, object> {
  const problems = [...ofRoute, tooManyHeaders];
  const statuses = [...new Set(problems.map(({ status }) => status))].sort((left, right) => left - right);
  const answers = statuses.map((status) => [
    String(status),
    errorAnswer(
      titles[status] ?? '',
      problems.filter((problem) => problem.status === status),
    ),
  ]);
  return {
    ...Object.fromEntries(answers),
    default: errorAnswer('Anything else that goes wrong.', [internalProblem, timeoutProblem]),
  };
}

function errorAnswer(description: string, problems: readonly Problem[]) {
  const mayRetry = problems.some(({ retryable }) => retryable);
  return {
    description,
    headers: {
      'X-Request-Id': headerRef('X-Request-Id'),
      ...(mayRetry && { 'Retry-After': headerRef('Retry-After') }),
    },
    content: {
      'application/json': {
        schema: schemaRef('error-answer'),
        examples: Object.fromEntries(problems.map(({ code }) => [code, exampleRef(code)])),
      },
    },
  };
}

/** Describes the successful answer of a route: a public document with its examples. */
export function goodAnswer(description: string, document: string, headers: readonly string[] = []) {
  const names = ['X-Request-Id', ...headers];
  return {
    description,
    headers: Object.fromEntries(names.map((name) => [name, headerRef(name)])),
    content: jsonOf(document),
  };
}

/** Describes a body that holds a public document, with its examples. */
export function jsonOf(document: string) {
  const examples = publicDocuments.find(({ name }) => name === document)?.examples ?? [];
  const names = examples.map((_, index) => `${document}-${index + 1}`);
  const named = names.map((name) => [name, exampleRef(name)]);
  return { 'application/json': { schema: schemaRef(document), examples: Object.fromEntries(named) } };
}

/** The headers of answers. */
export const headers = {
  'X-Request-Id': {
    description: "Id of the request: the caller's own if it sent one, else a new UUID.",
    schema: { type: 'string', minLength: 1, maxLength: 128 },
    example: '7c0f5b0e-6f0c-4a51-9f0e-0d3a3a4d8f35',
  },
  'Idempotency-Replayed': {
    description: 'true when the same document was handed in before: this is the stored outcome.',
    schema: { type: 'string', enum: ['true'] },
    example: 'true',
  },
  'Fiscalkit-Warnings': {
    description:
      'Codes of what is doubtful in the document, separated by a comma and a blank; absent when nothing is.',
    schema: { type: 'string' },
    example: 'receipt.vat.out-of-dates',
  },
  'Retry-After': {
    description: 'Seconds to wait before the same request; sent when it may succeed then.',
    schema: { type: 'integer', minimum: 0 },
    example: 1,
  },
  ETag: {
    description: 'Tag of the file: changes when the file does.',
    schema: { type: 'string', pattern: '^"[\\x21\\x23-\\x7e]+"$' },
    example: '"BcZx_CydH7cl7aOzyTiM_OlkdbyfoQ8RMzl4eTw9hl8"',
  },
  'Cache-Control': {
    description: 'The file may be kept; ask with If-None-Match whether it is still right.',
    schema: { type: 'string', enum: ['no-cache'] },
    example: 'no-cache',
  },
} as const;
