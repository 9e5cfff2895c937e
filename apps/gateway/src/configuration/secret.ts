import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Environment } from './environment.js';

/** Reference to a secret, which is never written into the configuration itself. */
export const secretReferenceSchema = z.union(
  [z.strictObject({ env: z.string().min(1) }), z.strictObject({ file: z.string().min(1) })],
  { error: 'must name where the secret is: {"env": "VARIABLE"} or {"file": "path"}' },
);

export type SecretReference = z.infer<typeof secretReferenceSchema>;

/** Describes a variable; a text that is no usual name may be the secret itself, and is not repeated. */
function variableCalled(name: string): string {
  return /^[A-Z][A-Z\d_]*$/.test(name)
    ? `the environment variable ${name}`
    : 'the environment variable that it names';
}

/** Describes a file; a text that is clearly no path is not repeated either. */
function fileCalled(path: string): string {
  return /^(?:\.{0,2}\/|[A-Za-z]:\\)/.test(path) ? `the file ${path}` : 'the file that it names';
}

/** Reads a secret; returns the fault instead if it can't be read. */
export function readSecret(
  reference: SecretReference,
  environment: Environment,
): { readonly value: string } | { readonly fault: string } {
  if ('env' in reference) {
    // Every object inherits a `toString`; no environment should seem to have one.
    const value = Object.hasOwn(environment, reference.env) ? environment[reference.env] : undefined;
    return value ? { value } : { fault: `${variableCalled(reference.env)} is not set` };
  }
  try {
    const value = readFileSync(reference.file, 'utf8').trim();
    return value ? { value } : { fault: `${fileCalled(reference.file)} is empty` };
  } catch {
    return { fault: `${fileCalled(reference.file)} can't be read` };
  }
}
