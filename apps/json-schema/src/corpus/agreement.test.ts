import { publicDocuments, structuralFaults } from '@fiscalkit/schemas/documents';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { schemaFiles } from '../schemas/schema-files.js';
import { arbitraryDocument } from './arbitrary-document.js';

const files = schemaFiles();
const numRuns = 5_000;

describe('Ajv and zod', () => {
  it.each(publicDocuments)(`agree on ${numRuns} documents about $name`, ({ name, schema }) => {
    const published = files.get(`2020-12/${name}.json`) ?? {};
    const newer = new Ajv2020().compile(published);
    const older = new Ajv().compile(files.get(`draft-07/${name}.json`) ?? {});
    let accepted = 0;
    fc.assert(
      fc.property(arbitraryDocument(published), (document) => {
        const accepts = structuralFaults(schema, document).length === 0;
        if (accepts) accepted += 1;
        return newer(document) === accepts && older(document) === accepts;
      }),
      { numRuns },
    );
    const share = accepted / numRuns;
    expect(share).toBeGreaterThan(0.25);
    expect(share).toBeLessThan(0.75);
  });
});
