import { z } from 'zod';

const form = /^sha256:[\da-f]{64}$/;
const mostKeys = 8;

function listOf(given: unknown): unknown {
  return typeof given === 'string' ? given.split(',').map((hash) => hash.trim()) : given;
}

/**
 * Hashes of keys that callers send: one as text, or several, so that a key can be replaced while callers go
 * on. A hash is no secret: the key can't be derived from it.
 */
export const keyHashesSchema = z.preprocess(
  listOf,
  z
    .array(z.string())
    .refine(
      (hashes) => hashes.length > 0 && hashes.length <= mostKeys && hashes.every((hash) => form.test(hash)),
      {
        error: `must be a hash as new-key prints it, sha256: and 64 hexadecimal digits, or up to ${mostKeys} of them`,
      },
    ),
);
