import { rules } from '@fiscalkit/schemas';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { publishedRules } from '../generate/generated-files.js';
import { schemaFiles } from '../schemas/schema-files.js';
import { faultsOf, warningsOf } from './check-example.js';
import { allExamples } from './examples.js';
import { pathForm } from './path-form.fixture.js';

const examples = allExamples();
const files = schemaFiles();
const newer = new Ajv2020();
const older = new Ajv();

describe('examples', () => {
  it.each(examples)(
    '$file has exactly the faults and warnings that it names',
    ({ document, text, ...expected }) => {
      const value: unknown = JSON.parse(text);
      expect(faultsOf(document, value)).toEqual(expected.faults);
      expect(warningsOf(document, value)).toEqual(expected.warnings);
      expect(expected.valid).toBe(expected.faults.length === 0);
    },
  );

  it.each(examples.filter(({ schema }) => schema !== null))(
    '$file is accepted or refused by Ajv as it says',
    ({ document, text, schema }) => {
      const value: unknown = JSON.parse(text);
      const verdicts = [
        newer.validate(files.get(`2020-12/${document}.json`) ?? {}, value),
        older.validate(files.get(`draft-07/${document}.json`) ?? {}, value),
      ];
      expect(verdicts).toEqual([schema === 'accepts', schema === 'accepts']);
    },
  );

  it('break every rule of the catalogue', () => {
    const broken = new Set(
      examples.flatMap(({ faults, warnings }) => [...faults, ...warnings]).map(({ code }) => code),
    );
    // Refunds, deliveries and discounts are no documents; `@fiscalkit/schemas` breaks their rules.
    const ofDocuments = rules
      .map(({ code }) => code)
      .filter((code) => !/^(?:refund|closing|discount)\./.test(code));
    expect(ofDocuments.filter((code) => !broken.has(code))).toEqual([]);
  });

  it('show every format, sound and faulty', () => {
    const formatsIn = (folder: string) =>
      new Set(
        examples
          .filter(({ file }) => file.startsWith(`receipt/${folder}/`))
          .map(({ text }) => Object(JSON.parse(text)).receipt_format),
      );
    for (const format of ['ru_1_05', 'ru_1_2', 'uz_1_0']) {
      expect(formatsIn('valid')).toContain(format);
      expect(formatsIn('invalid')).toContain(format);
    }
  });

  it('show faults only where their rule says', () => {
    const paths = new Map<string, string>(rules.map(({ code, path }) => [code, path]));
    const elsewhere = examples
      .filter(
        ({ document }) =>
          document === 'receipt' || document === 'correction' || document.startsWith('confirmation'),
      )
      .flatMap(({ faults, warnings }) => [...faults, ...warnings])
      .filter(({ code, path }) => !pathForm(paths.get(code) ?? '').test(path));
    expect(elsewhere).toEqual([]);
  });
});

it('faults of an imported receipt are named by their paths in the request', () => {
  const found = examples.find(({ file }) => file === 'import-request/valid/1.json');
  const request = JSON.parse(found?.text ?? '');
  const faulty = { ...request, receipt: { ...request.receipt, settlements: [] } };
  expect(faultsOf('import-request', faulty)).toEqual([
    { code: 'receipt.settlements.count', path: '$.receipt.settlements' },
  ]);
});

it('rules say how much of them the schemas know', () => {
  const shares = new Map(publishedRules(examples).map(({ code, in_schema }) => [code, in_schema]));
  expect(shares.get('field.unknown')).toBe('all');
  expect(shares.get('amount.precision')).toBe('some');
  expect(shares.get('receipt.total.mismatch')).toBe('none');
});
