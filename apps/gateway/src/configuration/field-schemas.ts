import { isIP } from 'node:net';
import { z } from 'zod';
import { setting } from './setting.js';

/** Returns the schema of an integer within limits, with a message that names them. */
export function whole(least: number, most: number) {
  const error = `must be a whole number from ${least} to ${most}`;
  return z.int({ error }).min(least, { error }).max(most, { error });
}

export const milliseconds = whole(1, 3_600_000);

/** Returns a list that may also be written as text, with commas. */
export function listOf(given: unknown): unknown {
  return typeof given === 'string' ? given.split(',').map((item) => item.trim()) : given;
}

const hashForm = /^sha256:[\da-f]{64}$/;
const mostKeys = 8;

/**
 * Hashes of keys that callers send: one as text, or several, so that a key can be replaced while callers go
 * on. A hash is no secret: the key can't be derived from it.
 */
export const keyHashesSchema = z.preprocess(
  listOf,
  z
    .array(z.string())
    .refine(
      (hashes) =>
        hashes.length > 0 && hashes.length <= mostKeys && hashes.every((each) => hashForm.test(each)),
      {
        error: `must be a hash as new-key prints it, sha256: and 64 hexadecimal digits, or up to ${mostKeys} of them`,
      },
    ),
);

function isRange(text: string): boolean {
  const [address = '', bits, surplus] = text.split('/');
  const family = isIP(address);
  if (family === 0 || surplus !== undefined) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

/** Proxies whose `X-Forwarded-For` is believed: addresses, or ranges such as `10.0.0.0/8`. */
export const trustedProxiesSchema = z.preprocess(
  listOf,
  z.array(z.string()).refine((ranges) => ranges.every(isRange), {
    error: 'must be IP addresses, or ranges such as 10.0.0.0/8',
  }),
);

/** Address of an API: http or https, perhaps with a path, nothing else. */
export const addressSchema = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address' })
  .refine((text) => !/[?#]|\/\/[^/]*@/.test(text), { error: 'must have no query, fragment or credentials' });

/** Returns the settings that every provider has; `prefix` begins the names of its variables. */
export function connection(prefix: string) {
  return {
    attemptMs: setting(milliseconds.default(10_000), { help: 'time for one attempt, in milliseconds' }),
    allowPrivateAddresses: setting(z.boolean().default(false), {
      variable: `${prefix}_ALLOW_PRIVATE`,
      help: '1: the name in its address may resolve to a private one',
      guide: 'lets the name in `baseUrl` lead to a private address, see below',
      absent: 'off',
    }),
  };
}
