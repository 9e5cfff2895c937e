import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answering, type LoopbackServer, startLoopbackServer } from './loopback-server.fixture.js';
import { createTransport, type TransportSettings } from './transport.js';

let server: LoopbackServer;
let port: string;
beforeAll(async () => {
  server = await startLoopbackServer();
  ({ port } = new URL(server.origin));
});
beforeEach(() => server.behave(answering(200, {})));
afterAll(() => server.close());

/** Resolver with one answer for every name, which counts its queries. */
function resolving(...addresses: string[]): LookupFunction & { asked: number } {
  const resolve: LookupFunction & { asked: number } = (_name, { all }, done) => {
    resolve.asked += 1;
    const found: LookupAddress[] = addresses.map((address) => ({
      address,
      family: address.includes(':') ? 6 : 4,
    }));
    all ? done(null, found) : done(null, found[0]?.address ?? '', found[0]?.family);
  };
  resolve.asked = 0;
  return resolve;
}

async function attemptAt(origin: string, resolve: LookupFunction, settings: TransportSettings = {}) {
  const transport = createTransport({ origin, attemptMs: 2000, ...settings }, resolve);
  try {
    return await transport.attempt({
      method: 'POST',
      path: '/',
      headers: {},
      body: Buffer.from('b'),
    });
  } finally {
    await transport.close();
  }
}

const refused = { kind: 'refused', code: 'provider.address' };

describe('a name of the internet', () => {
  it.each([
    [['127.0.0.1']],
    [['10.1.2.3']],
    [['169.254.169.254']],
    [['::1']],
    [['::ffff:127.0.0.1']],
    [['fe80::1%lo']],
    [['0.0.0.0']],
    [['93.184.215.14', '127.0.0.1']],
    [['127.0.0.1', '93.184.215.14']],
  ])('is refused before a byte is written when it leads to %j', async (addresses) => {
    expect(await attemptAt(`http://provider.test:${port}`, resolving(...addresses))).toEqual(refused);
    expect(await attemptAt(`https://provider.test:${port}`, resolving(...addresses))).toEqual(refused);
    expect(server.received).toHaveLength(0);
  });

  it('is looked up once a connection, so that it can not change between check and use', async () => {
    const resolve = resolving('127.0.0.1');
    await attemptAt(`http://provider.test:${port}`, resolve);
    expect(resolve.asked).toBe(1);
  });

  it('may lead anywhere when private addresses are allowed', async () => {
    const settings = { allowPrivateAddresses: true };
    const outcome = await attemptAt(`http://provider.test:${port}`, resolving('127.0.0.1'), settings);
    expect(outcome).toMatchObject({ kind: 'answered', status: 200 });
  });

  it('that has no address is a refused connection', async () => {
    const resolve: LookupFunction = (_name, _options, done) => done(new Error('ENOTFOUND'), []);
    expect(await attemptAt('http://provider.test', resolve)).toEqual({
      kind: 'refused',
      code: 'provider.refused',
    });
  });

  it('is not followed to where a redirect leads', async () => {
    server.behave(answering(307, '', { location: `http://127.0.0.1:${port}/elsewhere` }));
    const settings = { allowPrivateAddresses: true };
    const outcome = await attemptAt(`http://provider.test:${port}`, resolving('127.0.0.1'), settings);
    expect(outcome).toMatchObject({ kind: 'answered', status: 307 });
    expect(server.received).toHaveLength(1);
  });
});

describe('what the operator wrote', () => {
  it('is taken as meant: a loopback address', async () => {
    const resolve = resolving('10.1.2.3');
    expect(await attemptAt(server.origin, resolve)).toMatchObject({ kind: 'answered' });
    expect(resolve.asked).toBe(0);
  });

  it('is taken as meant: localhost, which is this machine', async () => {
    const origin = `http://localhost:${port}`;
    expect(await attemptAt(origin, resolving('127.0.0.1'))).toMatchObject({ kind: 'answered' });
    expect(await attemptAt(origin, resolving('10.1.2.3'))).toEqual(refused);
    expect(await attemptAt(origin, resolving('93.184.215.14'))).toEqual(refused);
  });
});
