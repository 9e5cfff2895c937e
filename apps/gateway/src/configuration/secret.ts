import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Environment } from './environment.js';

/** Where a secret is to be read from: a secret is never written into the configuration itself. */
export const secretReferenceSchema = z.union(
  [z.strictObject({ env: z.string().min(1) }), z.strictObject({ file: z.string().min(1) })],
  { error: 'must name where the secret is: {"env": "VARIABLE"} or {"file": "path"}' },
);

export type SecretReference = z.infer<typeof secretReferenceSchema>;

/** Reads a secret; answers what is wrong instead of a value when it can't be had. */
export function readSecret(
  reference: SecretReference,
  environment: Environment,
): { readonly value: string } | { readonly fault: string } {
  if ('env' in reference) {
    const value = environment[reference.env];
    return value ? { value } : { fault: `the environment variable ${reference.env} is not set` };
  }
  try {
    const value = readFileSync(reference.file, 'utf8').trim();
    return value ? { value } : { fault: `the file ${reference.file} is empty` };
  } catch {
    return { fault: `the file ${reference.file} can't be read` };
  }
}
