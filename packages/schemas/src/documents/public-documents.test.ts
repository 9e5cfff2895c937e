import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { faultyDocuments } from '../examples/faulty-documents.js';
import { structuralFaults } from '../schema/faults-of-zod.js';
import { createDocumentRegistry, publicDocuments } from './public-documents.js';

describe('public documents', () => {
  it.each(publicDocuments)(
    '$name has a name of its own, words and sound examples',
    ({ name, schema, ...document }) => {
      expect(publicDocuments.filter((other) => other.name === name)).toHaveLength(1);
      expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(document.description).toMatch(/\.$/);
      expect(document.examples.length).toBeGreaterThan(0);
      expect(document.examples.flatMap((example) => structuralFaults(schema, example))).toEqual([]);
    },
  );

  it('are in the registry under their names, with what stands beside the fields', () => {
    const registry = createDocumentRegistry();
    for (const { name, schema, title } of publicDocuments) {
      expect(registry.get(schema)).toMatchObject({ id: name, title });
    }
    const described = z.string().describe('Beside the field');
    expect(registry.get(described)).toEqual({ description: 'Beside the field' });
    expect(registry.get(z.string())).toBeUndefined();
  });

  it('leave the global registry without ids', () => {
    createDocumentRegistry();
    for (const { schema } of publicDocuments) expect(z.globalRegistry.get(schema)?.id).toBeUndefined();
  });

  it('have faulty examples where rules are', () => {
    const names = publicDocuments.map(({ name }) => name);
    expect(Object.keys(faultyDocuments).filter((name) => !names.includes(name))).toEqual([]);
  });
});
