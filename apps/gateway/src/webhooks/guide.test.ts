import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { stripTypeScriptTypes } from 'node:module';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { webhookRequest } from './webhook-message.js';

const guide = readFileSync(new URL('../../../../docs/guides/webhooks.md', import.meta.url), 'utf8');
const secret = `whsec_${Buffer.from('a secret of the guide'.padEnd(32)).toString('base64')}`;

const event = {
  id: 'adec9d48-be2a-4bf4-8ca1-3432fd8920c5:3:receipt-registered',
  type: 'receipt.registered',
  timestamp: '2026-03-31T09:00:02.150Z',
  cursor: 'none',
  data: {
    receipt_id: 'adec9d48-be2a-4bf4-8ca1-3432fd8920c5',
    payment_id: '1',
    operation: 'receipt',
    operation_type: 'sell',
    status: 'registered',
    mark: null,
    link: null,
    reason: null,
  },
} as const;

/** Starts the guide's receiver; what it needs is given in place of its imports. */
async function startReceiver(noted: string[]): Promise<Server> {
  const [, source = ''] = /<!-- example: receive -->\n\n```ts\n([\s\S]*?)```/.exec(guide) ?? [];
  const program = stripTypeScriptTypes(source).replaceAll(/^import .*$/gm, '');
  const { createServer } = await import('node:http');
  const { Webhook } = await import('standardwebhooks');
  const known = new Set<string>();
  const once = async (id: string, work: () => void) => {
    if (known.has(id)) return;
    known.add(id);
    work();
  };
  const takeNote = (type: string, data: { readonly payment_id: string }) =>
    noted.push(`${type} ${data.payment_id}`);
  const names = ['createServer', 'Webhook', 'process', 'once', 'takeNote'];
  const start = new Function(...names, `${program}; return server;`);
  const server: Server = start(
    createServer,
    Webhook,
    { env: { SHOP_WEBHOOK_SECRET: secret } },
    once,
    takeNote,
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

it('takes events as the guide says: once each, and none that nobody signed', async () => {
  const noted: string[] = [];
  const server = await startReceiver(noted);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/fiscal-events`;
  const send = async (signedWith: string, now = new Date()) => {
    const request = webhookRequest({ url, secrets: [signedWith] }, { event, receipt: null }, now);
    const body = Buffer.from(request.body ?? []).toString();
    return (await fetch(url, { method: 'POST', headers: request.headers, body })).status;
  };
  expect(await send(secret)).toBe(204);
  expect(await send(secret)).toBe(204);
  expect(await send(`whsec_${Buffer.alloc(32).toString('base64')}`)).toBe(401);
  expect(await send(secret, new Date(Date.now() - 600_000))).toBe(401);
  expect(noted).toEqual(['receipt.registered 1']);
  await new Promise((resolve) => server.close(resolve));
});
