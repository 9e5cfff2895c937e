import { readPublished } from '@fiscalkit/json-schema';
import { expect, it } from 'vitest';
import { withoutParameterExamples } from './without-parameter-examples.js';

const wait = { name: 'wait', in: 'query', schema: { type: 'string' } };
const id = { name: 'receipt_id', in: 'path', required: true, example: 'adec9d48' };
const body = { content: { 'application/json': { example: { in: 'query', name: 'x' } } } };

it('takes examples from optional parameters, and from nothing else', () => {
  const given = { parameters: [{ ...wait, example: '5000' }, id], requestBody: body };
  expect(withoutParameterExamples(given)).toEqual({ parameters: [wait, id], requestBody: body });
});

it('leaves the rest of the description as it is', () => {
  const given = readPublished('openapi.json');
  const without = JSON.stringify(withoutParameterExamples(given));
  expect(without).not.toContain('"order-17-sale"');
  expect(JSON.parse(without)).toHaveProperty(['components', 'examples']);
  expect(Object(JSON.parse(without)).components.schemas).toEqual(Object(given).components.schemas);
});
