import { isIP } from 'node:net';
import { z } from 'zod';

function isRange(text: string): boolean {
  const [address = '', bits, surplus] = text.split('/');
  const family = isIP(address);
  if (family === 0 || surplus !== undefined) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

function listOf(given: unknown): unknown {
  return typeof given === 'string' ? given.split(',').map((range) => range.trim()) : given;
}

/** Proxies whose `X-Forwarded-For` is believed: addresses, or ranges such as `10.0.0.0/8`. */
export const trustedProxiesSchema = z.preprocess(
  listOf,
  z.array(z.string()).refine((ranges) => ranges.every(isRange), {
    error: 'must be IP addresses, or ranges such as 10.0.0.0/8',
  }),
);
