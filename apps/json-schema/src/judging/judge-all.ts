import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeCorpus } from '../corpus/write-corpus.js';
import { inParallel } from './in-parallel.js';
import type { Judge } from './judge.js';
import { judgeDocument } from './judge-document.js';
import type { Judgement } from './report.js';
import type { Settings } from './settings.js';

/** Draws a corpus, and lets every judge read all of it. */
export async function judgeAll(
  judges: readonly Judge[],
  { count, seed, schemas }: Settings,
): Promise<Judgement[]> {
  const corpus = await mkdtemp(join(tmpdir(), 'fiscalkit-corpus-'));
  try {
    const documents = await writeCorpus({ folder: corpus, count, seed });
    const cases = judges.flatMap((judge) => documents.map((document) => ({ judge, document })));
    return await inParallel(cases, availableParallelism(), async ({ judge, document }) => ({
      judge: judge.name,
      document,
      verdict: await judgeDocument(judge, document, { schemas, corpus }),
    }));
  } finally {
    await rm(corpus, { recursive: true, force: true });
  }
}
