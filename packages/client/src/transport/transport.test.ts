import { createServer as createTlsServer } from 'node:https';
import type { Server } from 'node:net';
import { Agent, buildConnector } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  answering,
  dropping,
  flooding,
  garbling,
  hanging,
  type LoopbackServer,
  startLoopbackServer,
  truncating,
  unusedOrigin,
} from './loopback-server.fixture.js';
import { createTransport, type Transport, type TransportRoute } from './transport.js';
import { untrustedCertificate } from './untrusted-certificate.fixture.js';

let server: LoopbackServer;
beforeAll(async () => {
  server = await startLoopbackServer();
});
afterAll(() => server.close());

async function withTransport<T>(
  settings: Partial<TransportRoute>,
  use: (transport: Transport) => Promise<T>,
) {
  const transport = createTransport({ origin: server.origin, ...settings });
  try {
    return await use(transport);
  } finally {
    await transport.close();
  }
}

function post() {
  return {
    method: 'POST',
    path: '/x?a=1',
    headers: { 'x-mark': 'm' },
    body: Buffer.from('body'),
  } as const;
}

function portOf(listening: Server): number {
  const address = listening.address();
  return typeof address === 'object' && address ? address.port : 0;
}

describe('attempt', () => {
  it('sends exactly what it was given and hands over the whole answer', async () => {
    server.behave(answering(201, '{"data":1}', { 'X-Request-Id': 'r1' }));
    const outcome = await withTransport({}, (transport) => transport.attempt(post()));
    expect(outcome).toMatchObject({ kind: 'answered', status: 201, headers: { 'x-request-id': 'r1' } });
    expect(outcome.kind === 'answered' && Buffer.from(outcome.body).toString()).toBe('{"data":1}');
    expect(server.received).toMatchObject([{ method: 'POST', target: '/x?a=1', headers: { 'x-mark': 'm' } }]);
    expect(server.received[0]?.body.toString()).toBe('body');
  });

  it('hands over the whole of an answer that comes in parts', async () => {
    server.behave((response) => {
      response.write('{"data":', () => setImmediate(() => response.write('"Чай', () => response.end('"}'))));
    });
    const outcome = await withTransport({}, (transport) => transport.attempt(post()));
    expect(outcome.kind === 'answered' && Buffer.from(outcome.body).toString()).toBe('{"data":"Чай"}');
  });

  it('looks past informational answers', async () => {
    server.behave((response) =>
      response.writeEarlyHints({ link: '</a>; rel=preload' }, () => response.end('{}')),
    );
    const outcome = await withTransport({}, (transport) => transport.attempt(post()));
    expect(outcome).toMatchObject({ kind: 'answered', status: 200 });
  });

  it('follows no redirect', async () => {
    server.behave(answering(307, '', { location: '/elsewhere' }));
    const outcome = await withTransport({}, (transport) => transport.attempt(post()));
    expect(outcome).toMatchObject({ kind: 'answered', status: 307 });
    expect(server.received).toHaveLength(1);
  });

  it.each([
    ['a dropped connection', dropping, 'provider.reset'],
    ['an answer cut short', truncating, 'provider.reset'],
    ['an answer that is not HTTP', garbling, 'provider.unreadable'],
    ['an endless answer', flooding(1024 * 1024 + 1), 'provider.too-large'],
  ])('calls %s interrupted, and sends once', async (_, behaviour, code) => {
    server.behave(behaviour);
    const outcome = await withTransport({}, (transport) => transport.attempt(post()));
    expect(outcome).toEqual({ kind: 'interrupted', code });
    expect(server.received).toHaveLength(1);
  });

  it('does not send again when the server closes a connection that was kept alive', async () => {
    await withTransport({ connections: 1 }, async (transport) => {
      server.behave(answering(200, {}));
      await transport.attempt(post());
      server.behave(dropping);
      expect(await transport.attempt(post())).toEqual({ kind: 'interrupted', code: 'provider.reset' });
      expect(server.received).toHaveLength(1);
    });
  });

  it('stops at its budget', async () => {
    server.behave(hanging);
    const outcome = await withTransport({ attemptMs: 300 }, (transport) => transport.attempt(post()));
    expect(outcome).toEqual({ kind: 'interrupted', code: 'provider.timeout' });
  });

  it('stops at the smaller budget of the caller', async () => {
    server.behave(hanging);
    const outcome = await withTransport({}, (transport) => transport.attempt(post(), { budgetMs: 300 }));
    expect(outcome).toEqual({ kind: 'interrupted', code: 'provider.timeout' });
  });

  it('stops when the caller cancels', async () => {
    const cancellation = new AbortController();
    server.behave(() => cancellation.abort());
    const { signal } = cancellation;
    const outcome = await withTransport({}, (transport) => transport.attempt(post(), { signal }));
    expect(outcome).toEqual({ kind: 'interrupted', code: 'provider.aborted' });
  });

  it('sends nothing for a caller who cancelled before', async () => {
    server.behave(answering(200, {}));
    const signal = AbortSignal.abort();
    const outcome = await withTransport({}, (transport) => transport.attempt(post(), { signal }));
    expect(outcome).toEqual({ kind: 'refused', code: 'provider.aborted' });
    expect(server.received).toHaveLength(0);
  });

  it('knows that a request which waited for a connection in vain was never sent', async () => {
    await withTransport({ connections: 1, attemptMs: 1_000 }, async (transport) => {
      server.behave(hanging);
      const first = transport.attempt(post());
      const second = transport.attempt(post(), { budgetMs: 300 });
      expect(await second).toEqual({ kind: 'refused', code: 'provider.timeout' });
      expect(await first).toEqual({ kind: 'interrupted', code: 'provider.timeout' });
      server.behave(answering(200, {}));
      expect(await transport.attempt(post())).toMatchObject({ kind: 'answered' });
      expect(server.received).toHaveLength(1);
    });
  });

  it('keeps to its number of connections', async () => {
    let open = 0;
    let most = 0;
    server.behave((response) => {
      most = Math.max(most, ++open);
      setTimeout(() => {
        open--;
        response.end();
      }, 5);
    });
    await withTransport({ connections: 2 }, (transport) =>
      Promise.all(Array.from({ length: 8 }, () => transport.attempt(post()))),
    );
    expect(most).toBe(2);
  });
});

describe('a request that can not be sent', () => {
  it.each([
    ['a closed port', unusedOrigin],
    ['a server that speaks no TLS', async () => server.origin.replace('http:', 'https:')],
  ])('is refused: %s', async (_, origin) => {
    server.behave(answering(200, {}));
    const settings = { origin: await origin() };
    const outcome = await withTransport(settings, (transport) => transport.attempt(post()));
    expect(outcome).toEqual({ kind: 'refused', code: 'provider.refused' });
    expect(server.received).toHaveLength(0);
  });

  it('is refused: a host without an address', async () => {
    const dispatcher = new Agent({
      connect: { lookup: (_host, _options, done) => done(new Error('ENOTFOUND'), '') },
    });
    const settings = { dispatcher, origin: 'http://fiscalkit.invalid' };
    const outcome = await withTransport(settings, (transport) => transport.attempt(post()));
    expect(outcome).toEqual({ kind: 'refused', code: 'provider.refused' });
    await dispatcher.close();
  });

  it('is refused: a server whose certificate is not trusted', async () => {
    const tls = createTlsServer(untrustedCertificate, (_, response) => response.end());
    await new Promise<void>((resolve) => tls.listen(0, '127.0.0.1', resolve));
    const origin = `https://127.0.0.1:${portOf(tls)}`;
    const outcome = await withTransport({ origin }, (transport) => transport.attempt(post()));
    expect(outcome).toEqual({ kind: 'refused', code: 'provider.refused' });

    const dispatcher = new Agent({ connect: { rejectUnauthorized: false } });
    const trusting = await withTransport({ origin, dispatcher }, (transport) => transport.attempt(post()));
    expect(trusting).toMatchObject({ kind: 'answered', status: 200 });
    await dispatcher.close();
    await new Promise((resolve) => tls.close(resolve));
  });
});

describe('close', () => {
  it('writes nothing once its time is over, though its own timers could not tell yet', async () => {
    // A stopped process continues with the connection that it waited for, and before its timers.
    const connect = buildConnector({});
    const dispatcher = new Agent({
      connect: (options, connected) =>
        connect(options, (...result) => {
          Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60);
          connected(...result);
        }),
    });
    server.behave(answering(200, {}));
    const outcome = await withTransport({ dispatcher, attemptMs: 50 }, (transport) =>
      transport.attempt(post()),
    );
    await dispatcher.close();
    expect(outcome).toEqual({ kind: 'refused', code: 'provider.timeout' });
    expect(server.received).toEqual([]);
  });

  it('leaves alone the dispatcher that it was given', async () => {
    const dispatcher = new Agent();
    await withTransport({ dispatcher }, async () => {});
    expect(dispatcher.closed).toBe(false);
    await dispatcher.close();
  });

  it('closes its own', async () => {
    const transport = createTransport({ origin: server.origin });
    await transport.close();
    expect(await transport.attempt(post())).toEqual({ kind: 'refused', code: 'provider.refused' });
  });
});
