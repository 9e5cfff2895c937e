import type { Problem } from './problem.js';
import { internalProblem, timeoutProblem, tooManyHeaders } from './problems.js';
import { exampleRef, headerRef, schemaRef } from './references.js';

const titles: Readonly<Record<number, string>> = {
  400: 'The request can not be understood.',
  401: 'Nobody that we know sent the request.',
  404: 'There is no such thing.',
  409: 'The request contradicts what was stored before.',
  413: 'The body is too large.',
  414: 'The path is too long.',
  415: 'The body is not JSON in UTF-8.',
  422: 'The document has faults.',
  429: 'Too many requests; Retry-After says when to come again.',
  431: 'The headers are too large.',
  503: 'Not now; nothing was stored. Retry-After says when to come again.',
};

/** Writes the answers of a route for all that may go wrong: one a status, with an example for every code. */
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
