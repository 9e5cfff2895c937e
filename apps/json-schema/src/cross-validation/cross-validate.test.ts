import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publicDocuments } from '@fiscalkit/schemas/documents';
import { afterAll, describe, expect, it } from 'vitest';
import { corpusLines } from '../corpus/corpus-lines.js';
import { packageRoot } from '../generate/package-root.js';
import { isPresent } from './is-present.js';
import { judgeDocument } from './judge-document.js';
import { judges } from './judges.js';

const schemas = join(packageRoot, 'schemas');
const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-judging-'));
const present = await Promise.all(judges.map(isPresent));

const lines = publicDocuments
  .filter(({ name }) => name === 'resolve-act')
  .flatMap((document) => {
    const published = JSON.parse(readFileSync(join(schemas, '2020-12', 'resolve-act.json'), 'utf8'));
    return corpusLines({ document, examples: document.examples, published, count: 50, seed: 1 });
  });
writeFileSync(join(folder, 'resolve-act.jsonl'), `${lines.join('\n')}\n`);
afterAll(() => rmSync(folder, { recursive: true }));

const here = judges.filter((_, index) => present[index]);

it.each(judges)('$name has its program', ({ file }) => {
  expect(existsSync(join(packageRoot, 'judges', file))).toBe(true);
});

describe.each(here)('$name', (judge) => {
  /** Lets the judge read the corpus by a schema that was changed. */
  function judgeBy(change: object) {
    const schema = JSON.parse(readFileSync(join(schemas, judge.dialect, 'resolve-act.json'), 'utf8'));
    const changed = mkdtempSync(join(folder, 'schemas-'));
    mkdirSync(join(changed, judge.dialect));
    writeFileSync(join(changed, judge.dialect, 'resolve-act.json'), JSON.stringify({ ...schema, ...change }));
    return judgeDocument(judge, 'resolve-act', { schemas: changed, corpus: folder });
  }

  it('agrees with our own code', async () => {
    const verdict = await judgeDocument(judge, 'resolve-act', { schemas, corpus: folder });
    expect(verdict).toEqual({ agreed: lines.length, disagreed: 0, first: [] });
  });

  it('differs where a schema refuses more', async () => {
    const { disagreed, first } = await judgeBy({ required: ['colour'] });
    expect(disagreed).toBe(lines.filter((line) => line.startsWith('{"valid":true')).length);
    expect(lines).toEqual(expect.arrayContaining(first));
    expect(first).toHaveLength(3);
  });

  it('differs where a schema refuses less', async () => {
    const { disagreed, first } = await judgeBy({ properties: {}, required: [], additionalProperties: true });
    expect(disagreed).toBeGreaterThan(0);
    expect(first.every((line) => line.startsWith('{"valid":false'))).toBe(true);
  });

  it('is not believed when it fails', async () => {
    const judgement = judgeDocument(judge, 'nothing', { schemas, corpus: folder });
    await expect(judgement).rejects.toThrow(judge.name);
  });
});
