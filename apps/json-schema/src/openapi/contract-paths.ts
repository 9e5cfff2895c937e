import { dialects } from '../schemas/json-schema.js';
import { errorAnswers } from './answers.js';
import type { Problem } from './problem.js';
import { pathProblem, processProblems, routeProblem } from './problems.js';
import { headerRef, parameterRef } from './references.js';

const tags = ['Contract'];
const security: readonly [] = [];
const fileHeaders = Object.fromEntries(
  ['X-Request-Id', 'ETag', 'Cache-Control'].map((name) => [name, headerRef(name)]),
);

/** Describes the answers of a route that serves a file. */
function fileAnswers(content: object, problems: readonly Problem[]) {
  return {
    200: { description: 'The file.', headers: fileHeaders, content },
    304: { description: 'The file that the caller has is still right.', headers: fileHeaders },
    ...errorAnswers([...problems, ...processProblems]),
  };
}

function text(...types: readonly string[]) {
  return Object.fromEntries(types.map((type) => [type, { schema: { type: 'string' } }]));
}

const conditions = [parameterRef('If-None-Match'), parameterRef('X-Request-Id')];
const named = [routeProblem, pathProblem];

/** The routes that serve the contract itself. */
export const contractPaths = {
  '/openapi.json': {
    get: {
      operationId: 'readOpenApi',
      tags,
      security,
      summary: 'This description',
      parameters: conditions,
      responses: fileAnswers({ 'application/json': { schema: { type: 'object' } } }, []),
    },
  },
  '/schemas/{dialect}/{file}': {
    get: {
      operationId: 'readSchema',
      tags,
      security,
      summary: 'A JSON Schema',
      parameters: [
        {
          name: 'dialect',
          in: 'path',
          required: true,
          description: 'Dialect of JSON Schema.',
          schema: { type: 'string', enum: Object.keys(dialects) },
          example: '2020-12',
        },
        {
          name: 'file',
          in: 'path',
          required: true,
          description: 'Name of the document, `.output` for its normal form, and `.json`; or `bundle.json`.',
          schema: { type: 'string' },
          example: 'receipt.json',
        },
        ...conditions,
      ],
      responses: fileAnswers({ 'application/schema+json': { schema: { type: 'object' } } }, named),
    },
  },
  '/docs': {
    get: {
      operationId: 'readReference',
      tags,
      security,
      summary: 'This description, to be read and tried out',
      description: 'Where the operator has switched the page off, the route answers 404.',
      parameters: conditions,
      responses: fileAnswers(text('text/html'), [routeProblem]),
    },
  },
  '/docs/{file}': {
    get: {
      operationId: 'readReferencePart',
      tags,
      security,
      summary: 'A script, style or picture of that page',
      parameters: [
        {
          name: 'file',
          in: 'path',
          required: true,
          description: 'Name of the file.',
          schema: { type: 'string' },
          example: 'page.css',
        },
        ...conditions,
      ],
      responses: fileAnswers(text('text/css', 'text/javascript', 'text/plain', 'image/png'), named),
    },
  },
};
