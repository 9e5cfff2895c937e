import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { publicDocuments } from '@fiscalkit/schemas/documents';
import { afterAll, describe, expect, it } from 'vitest';
import { corpusLines } from '../corpus/corpus.js';
import { packageRoot } from '../published-files.js';
import { inParallel, validateCorpus } from './cross-validate.js';
import { isInstalled, validators } from './validators.js';

const schemas = join(packageRoot, 'schemas');
const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-cross-validation-'));
const installed = await Promise.all(validators.map(isInstalled));

const lines = publicDocuments
  .filter(({ name }) => name === 'resolve-act')
  .flatMap((document) => {
    const published = JSON.parse(readFileSync(join(schemas, '2020-12', 'resolve-act.json'), 'utf8'));
    return corpusLines({ document, examples: document.examples, published, count: 50, seed: 1 });
  });
writeFileSync(join(folder, 'resolve-act.jsonl'), `${lines.join('\n')}\n`);
afterAll(() => rmSync(folder, { recursive: true }));

const here = validators.filter((_, index) => installed[index]);

it.each(validators)('$name has its script', ({ file }) => {
  expect(existsSync(join(packageRoot, 'validators', file))).toBe(true);
});

describe.each(here)('$name', (validator) => {
  /** Validates the corpus by a changed schema. */
  function validateBy(change: object) {
    const schema = JSON.parse(readFileSync(join(schemas, validator.dialect, 'resolve-act.json'), 'utf8'));
    const changed = mkdtempSync(join(folder, 'schemas-'));
    mkdirSync(join(changed, validator.dialect));
    writeFileSync(
      join(changed, validator.dialect, 'resolve-act.json'),
      JSON.stringify({ ...schema, ...change }),
    );
    return validateCorpus(validator, 'resolve-act', { schemas: changed, corpus: folder });
  }

  it('agrees with our own code', async () => {
    const agreement = await validateCorpus(validator, 'resolve-act', { schemas, corpus: folder });
    expect(agreement).toEqual({ agreed: lines.length, disagreed: 0, first: [] });
  });

  it('differs where a schema refuses more', async () => {
    const { disagreed, first } = await validateBy({ required: ['colour'] });
    expect(disagreed).toBe(lines.filter((line) => line.startsWith('{"valid":true')).length);
    expect(lines).toEqual(expect.arrayContaining(first));
    expect(first).toHaveLength(3);
  });

  it('differs where a schema refuses less', async () => {
    const { disagreed, first } = await validateBy({
      properties: {},
      required: [],
      additionalProperties: true,
    });
    expect(disagreed).toBeGreaterThan(0);
    expect(first.every((line) => line.startsWith('{"valid":false'))).toBe(true);
  });

  it('is not believed when it fails', async () => {
    const validation = validateCorpus(validator, 'nothing', { schemas, corpus: folder });
    await expect(validation).rejects.toThrow(validator.name);
  });
});

it('works on a few items at a time, and keeps their order', async () => {
  let running = 0;
  let most = 0;
  const results = await inParallel([3, 1, 2, 0], 2, async (turns) => {
    running += 1;
    most = Math.max(most, running);
    for (let turn = 0; turn < turns; turn += 1) await setImmediate();
    running -= 1;
    return turns;
  });
  expect([results, most]).toEqual([[3, 1, 2, 0], 2]);
});

it('rejects with the first failure', async () => {
  const work = inParallel([1, 2], 2, (item) => Promise.reject(new Error(`item ${item}`)));
  await expect(work).rejects.toThrow('item 1');
});
