import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { writeCorpus } from '../corpus/corpus.js';
import { packageRoot } from '../published-files.js';
import { runProgram } from './run-program.js';
import type { Settings } from './settings.js';
import type { Validator } from './validators.js';

const agreementSchema = z.object({
  /** Documents on which the validator agrees with our own code. */
  agreed: z.int().nonnegative(),
  disagreed: z.int().nonnegative(),
  /** The first lines of the corpus on which they differ. */
  first: z.array(z.string()),
});

/** How far a validator agrees with our own code about the corpus of one document. */
export type Agreement = z.output<typeof agreementSchema>;

/** The agreement of one validator about one document. */
export interface CrossValidation {
  readonly validator: string;
  readonly document: string;
  readonly agreement: Agreement;
}

/** Draws a corpus and runs every validator over all of it. */
export async function crossValidate(
  validators: readonly Validator[],
  { count, seed, schemas }: Settings,
): Promise<CrossValidation[]> {
  const corpus = await mkdtemp(join(tmpdir(), 'fiscalkit-corpus-'));
  try {
    const documents = await writeCorpus({ folder: corpus, count, seed });
    const runs = validators.flatMap((validator) => documents.map((document) => ({ validator, document })));
    return await inParallel(runs, availableParallelism(), async ({ validator, document }) => ({
      validator: validator.name,
      document,
      agreement: await validateCorpus(validator, document, { schemas, corpus }),
    }));
  } finally {
    await rm(corpus, { recursive: true, force: true });
  }
}

/** The folders of the published schemas and of the corpus. */
export interface Folders {
  readonly schemas: string;
  readonly corpus: string;
}

/** Runs a validator over the corpus of one document. Rejects when the validator itself fails. */
export async function validateCorpus(
  { name, program, file, dialect }: Validator,
  document: string,
  { schemas, corpus }: Folders,
): Promise<Agreement> {
  const script = join(packageRoot, 'validators', file);
  const commandLine = [script, join(schemas, dialect, `${document}.json`), join(corpus, `${document}.jsonl`)];
  const { status, output, errors } = await runProgram(program, commandLine, 120_000);
  const agreement = agreementSchema.safeParse(parsed(output));
  const agrees = agreement.data?.disagreed === 0;
  if (!agreement.success || status !== (agrees ? 0 : 1)) {
    throw new Error(`${name} could not validate ${document}:\n${errors || output}`);
  }
  return agreement.data;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Runs work for every item, a few at a time. Returns the results in the order of the items. */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  concurrency: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = items.entries();
  const worker = async () => {
    for (const [index, item] of waiting) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return results;
}
