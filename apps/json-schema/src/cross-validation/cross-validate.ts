import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Judge } from './judge.js';
import { runProgram } from './run-program.js';

const withinMs = 120_000;
const folderOfJudges = fileURLToPath(new URL('../../judges/', import.meta.url));

const verdictSchema = z.object({
  /** Documents on which the validator and our own code came to the same. */
  agreed: z.int().nonnegative(),
  disagreed: z.int().nonnegative(),
  /** The first lines of the corpus on which they differ. */
  first: z.array(z.string()),
});

/** What a judge says about one document's corpus. */
export type Verdict = z.output<typeof verdictSchema>;

/** Where the published schemas and the corpus are. */
export interface Evidence {
  readonly schemas: string;
  readonly corpus: string;
}

/** Lets a judge read the corpus about one document. Rejects when the judge itself fails. */
export async function judgeDocument(
  { name, program, file, dialect }: Judge,
  document: string,
  { schemas, corpus }: Evidence,
): Promise<Verdict> {
  const schema = join(schemas, dialect, `${document}.json`);
  const lines = join(corpus, `${document}.jsonl`);
  const { status, output, errors } = await runProgram(
    program,
    [join(folderOfJudges, file), schema, lines],
    withinMs,
  );
  const verdict = verdictSchema.safeParse(parsed(output));
  const agrees = verdict.data?.disagreed === 0;
  if (!verdict.success || status !== (agrees ? 0 : 1)) {
    throw new Error(`${name} could not judge ${document}:\n${errors || output}`);
  }
  return verdict.data;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
