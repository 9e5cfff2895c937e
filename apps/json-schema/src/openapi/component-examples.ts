import { publicDocuments } from '@fiscalkit/schemas/documents';
import type { Problem } from './problem.js';
import { allProblems } from './problems.js';

const fault = {
  code: 'receipt.total.mismatch',
  path: '$.total',
  message: 'The total is not the sum of the positions: the positions add up to 200.00.',
};

/** Every example of a body: of documents under their name and a number, of errors under their code. */
export function componentExamples(): Record<string, { readonly value: unknown }> {
  const ofDocuments = publicDocuments.flatMap(({ name, examples }) =>
    examples.map((value, index) => [`${name}-${index + 1}`, { value }]),
  );
  const ofErrors = allProblems.map((problem) => [problem.code, { value: errorBody(problem) }]);
  return Object.fromEntries([...ofDocuments, ...ofErrors]);
}

function errorBody({ code, message, retryable }: Problem) {
  const faults = code === 'receipt.invalid' ? [fault] : [];
  const errors = Object.fromEntries(faults.map(({ path, message: text }) => [path, [text]]));
  const request_id = '7c0f5b0e-6f0c-4a51-9f0e-0d3a3a4d8f35';
  return { error: { message, code, errors, faults, retryable: retryable ?? false, request_id } };
}
