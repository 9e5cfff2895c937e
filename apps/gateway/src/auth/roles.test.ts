import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileWith } from '../configuration/configuration.fixture.js';
import { type Answer, type Harness, openHarness, shop } from '../gateway.fixture.js';
import { sale } from '../receipt.fixture.js';
import { createKey, hashKey } from './api-keys.js';
import { type Role, roles } from './roles.js';

const otherMerchant = '700124';
const reason = 'Looked it up.';
const words = 'The shift of Ivan Petrov is over.';

/** Administrators by name: one of each role for all merchants, and some for one. */
const administrators = {
  reader: { role: 'read' },
  operator: { role: 'operate' },
  chief: { role: 'admin' },
  silent: {},
  own: { role: 'admin', merchants: [shop.id] },
  other: { role: 'admin', merchants: [otherMerchant] },
  both: { role: 'read', merchants: [otherMerchant, shop.id] },
} as const;
type Name = keyof typeof administrators;
const names = Object.keys(administrators) as Name[];
const keys = Object.fromEntries(names.map((name) => [name, createKey()])) as Record<Name, string>;
const ofRole: Record<Role, Name> = { read: 'reader', operate: 'operator', admin: 'chief' };

/** A route for administrators: which role it needs, and a call of it that is about the shop. */
interface Line {
  readonly needs: Role;
  readonly path: string;
  readonly body?: unknown;
  readonly type?: string;
  /** What an administrator of another merchant gets. */
  readonly toOther: 'nothing' | 403 | 404;
}

const entry = '/admin/entries/{id}';
const intervention = { needs: 'operate', body: { reason }, toOther: 404 } as const;
const hook = `/admin/webhooks/${shop.id}/default`;
const from = '2026-03-01T00:00:00Z';
const window = `from=${from}&to=2026-03-02T00:00:00Z`;

/** Every route below `/admin`. */
const lines: Readonly<Record<string, Line>> = {
  'GET /admin/entries': { needs: 'read', path: '/admin/entries?older_than_ms=0', toOther: 'nothing' },
  'GET /admin/entries/:id': { needs: 'read', path: entry, toOther: 404 },
  'POST /admin/acts': {
    needs: 'operate',
    path: '/admin/acts',
    body: { reason, act: 'retry', filter: { merchant: shop.id } },
    toOther: 403,
  },
  'POST /admin/entries/:id/look-up': { ...intervention, path: `${entry}/look-up` },
  'POST /admin/entries/:id/release': { ...intervention, path: `${entry}/release` },
  'POST /admin/entries/:id/retry': { ...intervention, path: `${entry}/retry` },
  'POST /admin/entries/:id/park': { ...intervention, path: `${entry}/park` },
  'POST /admin/entries/:id/resolve': {
    ...intervention,
    path: `${entry}/resolve`,
    body: { reason, outcome: { kind: 'rejected' } },
  },
  'POST /admin/entries/:id/resubmit': { ...intervention, path: `${entry}/resubmit` },
  'POST /admin/entries/:id/move': {
    ...intervention,
    path: `${entry}/move`,
    body: { reason, account: 'another' },
  },
  'POST /admin/accounts/settle': {
    needs: 'admin',
    path: '/admin/accounts/settle',
    body: { reason, account: 'nobody@http://127.0.0.1:1', action: 'reject', merchant: shop.id },
    toOther: 403,
  },
  'POST /admin/reconciliations': {
    needs: 'operate',
    path: `/admin/reconciliations?merchant=${shop.id}&${window}`,
    body: 'payment_id,amount,time\n',
    type: 'text/csv',
    toOther: 403,
  },
  'GET /admin/webhooks': { needs: 'read', path: '/admin/webhooks', toOther: 'nothing' },
  'GET /admin/webhooks/:merchant/:name/deliveries': {
    needs: 'read',
    path: `${hook}/deliveries`,
    toOther: 404,
  },
  'POST /admin/webhooks/:merchant/:name/send-again': {
    needs: 'operate',
    path: `${hook}/send-again`,
    body: { from },
    toOther: 404,
  },
};

interface Server {
  addHook(
    name: 'onRoute',
    listener: (route: { method: string | readonly string[]; url: string }) => void,
  ): void;
}

let harness: Harness;
let rejected: string;
const routes = new Set<string>();

function record(message: unknown): void {
  const { fastify } = message as { fastify: Server };
  fastify.addHook('onRoute', ({ method, url }) => {
    for (const each of [method].flat()) if (each !== 'HEAD') routes.add(`${each} ${url}`);
  });
}

beforeEach(async () => {
  subscribe('fastify.initialization', record);
  harness = await openHarness((sandboxUrl) => ({
    FISCALKIT_CONFIG: fileWith(
      JSON.stringify({
        merchants: [
          { webhooks: [{ url: 'http://127.0.0.1:9', secret: { env: 'HOOK' }, allowPrivateAddresses: true }] },
          {
            id: otherMerchant,
            secretKey: { env: 'OTHER' },
            freedompay: { baseUrl: sandboxUrl },
            fiscalbox: { baseUrl: sandboxUrl },
          },
        ],
        administrators: names.map((name) => ({
          name,
          keyHash: hashKey(keys[name]),
          ...administrators[name],
        })),
      }),
    ),
    HOOK: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
    OTHER: 'the secret of another merchant',
  }));
  unsubscribe('fastify.initialization', record);
  const reject = { kind: 'reject', code: '4', message: words } as const;
  harness.sandbox.faults.add({ endpoint: 'receipts.create', times: 1, fault: reject });
  const { body } = await harness.signed({
    method: 'POST',
    path: '/v5/receipts?wait=5000',
    body: JSON.stringify(sale()),
  });
  expect(body.data.status).toBe('rejected');
  rejected = body.data.receipt_id;
});
afterEach(() => harness.close());

function call(name: Name, { path, body, type = 'application/json' }: Omit<Line, 'needs' | 'toOther'>) {
  return harness.send(path.replace('{id}', rejected), {
    method: body === undefined ? 'GET' : 'POST',
    headers: { Authorization: `Bearer ${keys[name]}`, ...(body !== undefined && { 'Content-Type': type }) },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}

const codeOf = ({ body }: Answer) => body.error?.code;
const all = Object.entries(lines);

describe('the roles of administrators', () => {
  it('are in the table for every route', () => {
    const served = [...routes].filter((route) => /^\w+ \/admin(?:\/|$)/.test(route));
    expect(served.sort()).toEqual(Object.keys(lines).sort());
  });

  it.each(roles)('%s opens what the table says, and nothing else', async (role) => {
    for (const [route, line] of all) {
      const answer = await call(ofRole[role], line);
      const isOpen = roles.indexOf(role) >= roles.indexOf(line.needs);
      const seen = [route, answer.status === 403, codeOf(answer)];
      const error = isOpen ? expect.not.stringMatching(/^access\./) : 'access.role';
      expect(seen).toEqual([route, !isOpen, answer.status < 300 ? undefined : error]);
    }
  });

  it('are admin where nothing is said', async () => {
    for (const [route, line] of all) {
      expect([route, (await call('silent', line)).status]).not.toEqual([route, 403]);
    }
  });

  it('are known by names that the log has, also of what was refused', async () => {
    await call('reader', { path: '/admin/accounts/settle', body: {} });
    const refused = harness.logLines.map((line) => JSON.parse(line)).find(({ by }) => by === 'reader');
    expect(refused).toMatchObject({ status: 403, code: 'access.role' });
  });
});

describe('an administrator of named merchants', () => {
  it('gets nothing of the others, from any route', async () => {
    const before = await call('chief', { path: entry });
    for (const [route, line] of all) {
      const answer = await call('other', line);
      const status = line.toOther === 'nothing' ? 200 : line.toOther;
      expect([route, answer.status]).toEqual([route, status]);
      if (status === 200) expect([route, answer.body]).toEqual([route, { data: [] }]);
      if (status === 403) expect([route, codeOf(answer)]).toEqual([route, 'access.merchant']);
    }
    expect((await call('chief', { path: entry })).body).toEqual(before.body);
  });

  it('is not told whether another merchant is there', async () => {
    const listOf = (merchant: string) => call('other', { path: `/admin/entries?merchant=${merchant}` });
    const [there, nowhere] = [await listOf(shop.id), await listOf('nowhere')];
    expect([there.status, codeOf(there)]).toEqual([403, 'access.merchant']);
    expect(nowhere.body.error).toEqual({ ...there.body.error, request_id: expect.anything() });
    expect((await listOf(otherMerchant)).body).toEqual({ data: [] });
  });

  it('gets all of its own', async () => {
    for (const name of ['own', 'both'] as const) {
      const listed = await call(name, { path: '/admin/entries' });
      expect(listed.body.data).toMatchObject([{ id: rejected }]);
      expect((await call(name, { path: entry })).status).toBe(200);
      expect((await call(name, { path: '/admin/webhooks' })).body.data).toMatchObject([
        { merchant: shop.id },
      ]);
    }
    const settle = { account: 'nobody@http://127.0.0.1:1', action: 'reject', reason };
    const settled = await call('own', { path: '/admin/accounts/settle', body: settle });
    expect(settled.body).toEqual({ data: { settled: 0, left: 0 } });
    expect((await call('own', { path: `${entry}/resubmit`, body: { reason } })).status).toBe(200);
    const { body } = await call('own', { path: entry });
    expect(body.data.journal.at(-1).details).toMatchObject({ action: 'resubmit', by: 'own' });
  });
});

describe('the role read', () => {
  it('sees no words that may quote a buyer, and is told so', async () => {
    for (const path of ['/admin/entries', entry]) {
      const { body } = await call('reader', { path });
      const [seen] = [body.data].flat();
      expect(seen.left_out).toEqual(['reason.provider_message']);
      expect(seen.reason).not.toHaveProperty('provider_message');
      expect(JSON.stringify(body)).not.toContain('Petrov');
      const [whole] = [(await call('operator', { path })).body.data].flat();
      expect(whole.reason.provider_message).toContain('Petrov');
      expect(whole).not.toHaveProperty('left_out');
    }
  });
});
