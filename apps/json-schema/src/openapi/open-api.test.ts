import { createConfig, lintFromString } from '@redocly/openapi-core';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { writeJson } from '../generate/write-json.js';
import { openApi } from './open-api.js';

const document = openApi();
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    name: `${method.toUpperCase()} ${path}`,
    operation,
  })),
);

describe('the OpenAPI document', () => {
  it('passes the recommended rules of a public linter without an error', async () => {
    const config = await createConfig({ extends: ['recommended'] });
    const problems = await lintFromString({
      source: writeJson(document),
      config,
      absoluteRef: 'openapi.json',
    });
    expect(
      problems.map(({ ruleId, severity, message, location }) => [
        severity,
        ruleId,
        message,
        location[0]?.pointer,
      ]),
    ).toEqual([]);
  });

  it('describes every operation and every answer of it', () => {
    for (const { operation } of operations) {
      expect(operation).toMatchObject({ operationId: expect.any(String), summary: expect.any(String) });
      for (const answer of Object.values(operation.responses)) expect(answer).toHaveProperty('description');
    }
  });

  it('shows examples that its schemas accept', () => {
    const ajv = new Ajv2020({ strict: false });
    ajv.addSchema({ $id: 'openapi', components: document.components });
    const shown = examplesIn(document.paths);
    expect(shown.length).toBeGreaterThan(100);
    for (const { schema, value } of shown) {
      const accepts = ajv.compile(absolute(schema));
      expect([accepts(value), accepts.errors, value]).toEqual([true, null, value]);
    }
  });
});

const examplesByName = new Map(
  Object.entries(document.components.examples).map(([name, example]) => [
    name,
    Object(example).value as unknown,
  ]),
);

interface Shown {
  readonly schema: object;
  readonly value: unknown;
}

/** Every media type and parameter that has examples. */
function examplesIn(node: unknown): Shown[] {
  if (typeof node !== 'object' || node === null) return [];
  const { schema, examples = {}, ...rest } = Object(node);
  const one = schema && 'example' in rest ? [{ schema, value: rest.example }] : [];
  const many = schema
    ? Object.keys(Object(examples)).map((name) => ({ schema, value: examplesByName.get(name) }))
    : [];
  return [...one, ...many, ...Object.values(node).flatMap(examplesIn)];
}

function absolute(schema: object): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"openapi#/'));
}
