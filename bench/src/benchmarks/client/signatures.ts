import { createHmac } from 'node:crypto';
import { signDetached, verifyDetached } from '@fiscalkit/client/jws';
import { demoMerchant } from '@fiscalkit/testing';
import type { Comparison } from '../../benchmark.js';

const full = { rounds: 40, calls: 2_000 };
const quick = { rounds: 4, calls: 200 };

const request = { method: 'POST', path: '/v5/receipts', body: bodyOf(1024) };
const token = signDetached({ ...request, ...demoMerchant });
const [header = ''] = token.split('.');
const secretOf = () => demoMerchant.secretKey;

const candidates: Readonly<Record<string, () => unknown>> = {
  'HMAC-SHA512 alone': () =>
    createHmac('sha512', demoMerchant.secretKey)
      .update(`${header}.${request.body.toString('base64url')}`)
      .digest(),
  verifyDetached: () => verifyDetached({ ...request, token, secretOf }),
  signDetached: () => signDetached({ ...request, ...demoMerchant }),
};

/** Compares a signature with the hash that it is made of: the gateway checks one with every request. */
export function compareSignatures(isQuick: boolean): Comparison {
  const { rounds, calls } = isQuick ? quick : full;
  const measured = Object.entries(candidates).map(([name, call]) => ({
    name,
    call,
    samples: [] as number[],
  }));
  for (const { call } of measured) microsecondsOf(call, calls * 10);
  for (let round = 0; round < rounds; round += 1) {
    for (const { call, samples } of measured) samples.push(microsecondsOf(call, calls));
  }
  return {
    what: 'signature over 1 KB, processor time',
    unit: 'µs',
    candidates: measured.map(({ name, samples }) => ({ name, samples })),
    thresholds: [{ kind: 'at most', value: 12, of: 'verifyDetached' }],
  };
}

/** Returns the processor time of one call. */
function microsecondsOf(call: () => unknown, calls: number): number {
  const cpu = process.cpuUsage();
  for (let made = 0; made < calls; made += 1) call();
  const { user, system } = process.cpuUsage(cpu);
  return (user + system) / calls;
}

/** Returns JSON of so many bytes, half of its letters Cyrillic. */
function bodyOf(bytes: number): Buffer {
  const frame = Buffer.byteLength(JSON.stringify({ name: '' }));
  const pairs = Math.floor((bytes - frame) / 3);
  return Buffer.from(
    JSON.stringify({ name: `${'жa'.repeat(pairs)}${'a'.repeat(bytes - frame - pairs * 3)}` }),
  );
}
