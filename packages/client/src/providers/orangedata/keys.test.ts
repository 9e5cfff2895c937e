import { execFileSync } from 'node:child_process';
import { createPrivateKey, generateKeyPairSync, verify } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answering, startLoopbackServer } from '../../transport/loopback-server.fixture.js';
import {
  clientCertificate,
  clientKey,
  encryptedClientKey,
  otherKey,
  serverCertificate,
  serverKey,
  testAuthority,
} from './certificates.fixture.js';
import { readFrozen } from './frozen-request.js';
import { readSignatureKey, signatureOf } from './keys.js';
import { createOrangedata } from './orangedata-provider.js';
import { checked, publicKey, settings, signatureKey } from './receipt.fixture.js';

const identity = { reference: '5c4b7b1e-8d0a-4a53-9d0e-3f6a9f6e5f10', businessTime: new Date(0) };
const document = { operation: 'receipt', document: checked() };

/** Returns a key in the XML of the vendor's tools. */
function asXml(pem: string): string {
  const jwk = createPrivateKey(pem).export({ format: 'jwk' });
  const element = (name: string, member: keyof typeof jwk) =>
    `<${name}>${Buffer.from(String(jwk[member]), 'base64url').toString('base64')}</${name}>`;
  const names = { Modulus: 'n', Exponent: 'e', P: 'p', Q: 'q', DP: 'dp', DQ: 'dq', InverseQ: 'qi', D: 'd' };
  return `<RSAKeyValue>${Object.entries(names)
    .map(([name, member]) => element(name, member))
    .join('')}</RSAKeyValue>`;
}

describe('the key of signatures', () => {
  const body = Buffer.from('{"id":"1"}');

  it.each<[string, string]>([
    ['PKCS #8', signatureKey],
    ['PKCS #1', String(createPrivateKey(signatureKey).export({ format: 'pem', type: 'pkcs1' }))],
    ['PKCS #8 under the header of PKCS #1', signatureKey.replaceAll('PRIVATE KEY', 'RSA PRIVATE KEY')],
    [
      'PKCS #1 under the header of PKCS #8',
      String(createPrivateKey(signatureKey).export({ format: 'pem', type: 'pkcs1' })).replaceAll('RSA ', ''),
    ],
    ['XML', `\n${asXml(signatureKey)}\n`],
  ])('is read from %s', (_, text) => {
    const signature = Buffer.from(signatureOf(body, readSignatureKey(text)), 'base64');
    expect(verify('RSA-SHA256', body, publicKey, signature)).toBe(true);
  });

  it.each<[string, string]>([
    ['none', 'secret'],
    ['a key on a curve', clientKey],
    ['half an XML', '<RSAKeyValue><Modulus>AQAB</Modulus></RSAKeyValue>'],
    [
      'too short',
      String(
        generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({
          format: 'pem',
          type: 'pkcs8',
        }),
      ),
    ],
  ])('is refused when it is %s, and not repeated', (_, text) => {
    expect(() => readSignatureKey(text)).toThrow(
      expect.objectContaining({
        code: 'settings.signature-key',
        message: expect.not.stringContaining(text.split('\n')[1] ?? text),
      }),
    );
  });
});

const openssl = (() => {
  try {
    return execFileSync('openssl', ['version'], { encoding: 'utf8' }).trim();
  } catch {
    return null;
  }
})();

describe(`signatures before ${openssl ?? 'OpenSSL, which this machine does not have'}`, () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'orangedata-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Verifies as `openssl dgst` does, over bytes in a file. */
  function verifies(body: Uint8Array, signature: string): boolean {
    const file = (name: string, content: string | Uint8Array) => {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    };
    const key = file('key.pem', publicKey.export({ format: 'pem', type: 'spki' }));
    const signed = file('signature', Buffer.from(signature, 'base64'));
    try {
      const commandLine = ['dgst', '-sha256', '-verify', key, '-signature', signed, file('body', body)];
      return execFileSync('openssl', commandLine, { encoding: 'utf8', stdio: 'pipe' }).startsWith(
        'Verified OK',
      );
    } catch {
      return false;
    }
  }

  it.skipIf(openssl === null)('verify over the raw bytes that arrive, and not over others', async () => {
    const server = await startLoopbackServer();
    const provider = createOrangedata({ ...settings, baseUrl: server.origin });
    try {
      server.behave(answering(201, ''));
      const request = provider.freeze(document, identity);
      await provider.submit(request);
      await provider.submit(request);
      const [first, second] = server.received;
      const body = first?.body ?? Buffer.alloc(0);
      const signature = String(first?.headers['x-signature']);
      expect(body).toEqual(Buffer.from(readFrozen(request.body).body));
      expect(second?.headers['x-signature']).toBe(signature);
      expect(verifies(body, signature)).toBe(true);
      for (const place of [0, body.length >> 1, body.length - 1]) {
        const changed = Buffer.from(body);
        changed[place] = (changed[place] ?? 0) ^ 1;
        expect(verifies(changed, signature)).toBe(false);
      }
      expect(verifies(Buffer.concat([body, Buffer.from('\n')]), signature)).toBe(false);
    } finally {
      await Promise.all([provider.close(), server.close()]);
    }
  });
});

describe('the client certificate', () => {
  const seen: (string | null)[] = [];
  const server = createServer(
    {
      key: serverKey,
      cert: serverCertificate,
      ca: testAuthority,
      requestCert: true,
      rejectUnauthorized: false,
    },
    async (request, response) => {
      await buffer(request);
      const socket = request.socket as TLSSocket;
      const { subject } = socket.getPeerCertificate();
      seen.push(socket.authorized ? String(subject?.CN) : null);
      response.writeHead(socket.authorized ? 201 : 401).end();
    },
  );
  let baseUrl: string;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    baseUrl = `https://127.0.0.1:${(server.address() as AddressInfo).port}/api/v2`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const certificate = { clientCertificate, clientKey, serverCa: testAuthority };

  it.each([
    ['its key', certificate],
    ['its encrypted key', { ...certificate, clientKey: encryptedClientKey, clientKeyPassphrase: '1234' }],
  ])('is shown in every connection, with %s', async (_, given) => {
    const provider = createOrangedata({ ...settings, ...given, baseUrl });
    try {
      expect(await provider.submit(provider.freeze(document, identity))).toMatchObject({ kind: 'pending' });
      expect(seen.at(-1)).toBe('7727401209');
    } finally {
      await provider.close();
    }
  });

  it('of an unknown server is not talked to', async () => {
    const { serverCa: _serverCa, ...unknown } = certificate;
    const provider = createOrangedata({ ...settings, ...unknown, baseUrl });
    try {
      const verdict = await provider.submit(provider.freeze(document, identity));
      expect(verdict.kind).toBe('retry');
    } finally {
      await provider.close();
    }
  });

  it.each<[string, object]>([
    ['settings.client-certificate', { clientCertificate: undefined }],
    ['settings.client-certificate', { clientCertificate: 'none' }],
    ['settings.client-key', { clientKey: undefined }],
    ['settings.client-key', { clientKey: 'none' }],
    ['settings.client-key', { clientKey: otherKey }],
    ['settings.client-key', { clientKey: encryptedClientKey }],
    ['settings.client-key', { clientKey: encryptedClientKey, clientKeyPassphrase: '4321' }],
    ['settings.server-ca', { serverCa: 'none' }],
  ])('is refused at the start with %s', (code, change) => {
    const given = { ...settings, ...certificate, baseUrl, ...change };
    expect(() => createOrangedata(given)).toThrow(expect.objectContaining({ code }));
  });

  it('is needed for the address of OrangeData itself', () => {
    const { baseUrl: _baseUrl, ...without } = settings;
    expect(() => createOrangedata(without)).toThrow(
      expect.objectContaining({ code: 'settings.client-certificate' }),
    );
  });
});
