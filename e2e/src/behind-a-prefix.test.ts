import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { signDetached } from '@fiscalkit/client/jws';
import { createLogger, loadConfiguration, startGateway } from '@fiscalkit/gateway';
import { expect, it, onTestFinished } from 'vitest';

/** Opens a proxy that serves a gateway below `/fiscal/`, as nginx does with `proxy_pass …/`. */
async function openProxy(gatewayUrl: string): Promise<string> {
  const pass = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const { method = 'GET', headers, url = '/' } = incoming;
    const path = url.replace(/^\/fiscal/, '');
    const upstream = request(`${gatewayUrl}${path}`, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(upstream);
  };
  const proxy = createServer(pass);
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void proxy.close());
  const address = proxy.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/fiscal`;
}

it('a gateway below a prefix describes itself where it is, and tells what it saw of a request', async () => {
  const configuration = loadConfiguration({
    FISCALKIT_DEMO: '1',
    FISCALKIT_LEDGER_URL: 'sqlite::memory:',
    PORT: '0',
  });
  const gateway = await startGateway(configuration, createLogger('silent'));
  onTestFinished(() => gateway.close());
  const url = await openProxy(gateway.url);

  const description = Object(await (await fetch(`${url}/openapi.json`)).json());
  const server = new URL(description.servers[0].url, `${url}/openapi.json`).href.replace(/\/$/, '');
  expect((await fetch(`${server}/health/live`)).status).toBe(200);
  for (const page of ['docs', 'docs/']) {
    const text = await (await fetch(`${url}/${page}`)).text();
    const links = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link ?? '');
    expect(links.length).toBeGreaterThan(4);
    for (const link of links) {
      const address = new URL(link, `${url}/${page}`).href;
      expect([address, (await fetch(address)).status]).toEqual([address, 200]);
    }
  }

  const ask = (path: string) => {
    const signature = signDetached({
      method: 'GET',
      path,
      body: new Uint8Array(),
      merchantId: '542088',
      secretKey: 'secret_key',
    });
    return fetch(`${url}/v5/receipts`, { headers: { 'X-JWS-Signature': signature } });
  };
  expect((await ask('/v5/receipts')).status).toBe(200);
  const refused = await ask('/fiscal/v5/receipts');
  expect(refused.status).toBe(401);
  expect(Object(await refused.json()).error).toMatchObject({
    code: 'signature.path',
    message: expect.stringContaining('GET /v5/receipts'),
    seen: { method: 'GET', path: '/v5/receipts' },
  });
});
