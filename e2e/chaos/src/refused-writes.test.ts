import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GatewayCaller, type HttpAnswer } from './clients/gateway-caller.js';
import { Chance } from './generator/chance.js';
import { DocumentGenerator } from './generator/document-generator.js';
import type { ClientRequest } from './generator/operation.js';
import { freedompay } from './providers/freedompay.js';
import { openSystem, type SystemUnderTest } from './system/system.js';

const caller = new GatewayCaller();
const generator = new DocumentGenerator(new Chance(1, 'refused writes'), freedompay.shops);
let system: SystemUnderTest;

afterAll(() => caller.close());

const gateway = () => {
  const [first] = system.gateways;
  if (!first) throw new Error('there is a gateway');
  return first;
};
const bodyOf = (answer: HttpAnswer) => JSON.parse(JSON.stringify(answer?.body ?? null));

interface Sale {
  readonly request: ClientRequest;
  readonly answer: HttpAnswer;
}

async function send(request: ClientRequest): Promise<Sale> {
  return { request, answer: await caller.submit(gateway().url, request, { waitMs: 0, timeoutMs: 5_000 }) };
}

/** Submits one more sale. */
const sell = () => send(generator.receipt().request);
const isAccepted = ({ answer }: Sale) => answer?.status === 200;

/** Submits sales until none is accepted any more: some may pass after the first refused one. */
async function sellUntilRefused(): Promise<{ accepted: Sale[]; refused: Sale }> {
  const sales: Sale[] = [];
  for (let refusals = 0; ; ) {
    const sale = await sell();
    sales.push(sale);
    refusals = isAccepted(sale) ? 0 : refusals + 1;
    if (refusals === 10 || sales.length === 1_000)
      return { accepted: sales.filter(isAccepted), refused: sale };
  }
}

async function read({ request, answer }: Sale) {
  const path = `/v5/receipts/${bodyOf(answer).data.receipt_id}`;
  const found = await caller.get(gateway().url, { merchant: request.merchant, path }, 0);
  return { http: found?.status, status: bodyOf(found)?.data?.status };
}

async function readiness() {
  const response = await fetch(`${gateway().url}/health/ready`);
  return { http: response.status, ...((await response.json()) as object) };
}

async function expectAllRegistered(sales: readonly Sale[]) {
  for (const sale of sales) {
    await expect.poll(() => read(sale), { timeout: 45_000 }).toEqual({ http: 200, status: 'registered' });
  }
}

async function openWith(ledger: 'sqlite' | 'postgres', mayMount = true) {
  system = await openSystem({
    seed: 1,
    provider: freedompay,
    ledger,
    gateways: 1,
    receipts: 100,
    mayMount,
    without: null,
  });
}

/**
 * Expects that accepted entries stay, new ones are refused, health reports it, and all goes on afterwards.
 */
async function refuseAndGoOn(leaveBytes: number) {
  const before = await sell();
  expect(before.answer?.status).toBe(200);
  const letPass = await system.ledger.refuseWrites(leaveBytes);

  const { accepted, refused } = await sellUntilRefused();
  expect(refused.answer?.status).toBe(503);
  expect(bodyOf(refused.answer)).toMatchObject({ error: { code: 'ledger.unavailable', retryable: true } });
  expect((await read(before)).http).toBe(200);
  // The last free bytes may be enough for the check of writes, until that has taken them.
  const saysSo = async () => !isAccepted(await sell()) && (await readiness());
  const unavailable = { http: 503, checks: { ledger: 'ledger.unavailable' } };
  await expect.poll(saysSo, { timeout: 5_000 }).toMatchObject(unavailable);

  await letPass();
  await expect.poll(async () => (await readiness()).http, { timeout: 20_000 }).toBe(200);
  const again = await send(refused.request);
  expect(again.answer?.status).toBe(200);
  await expectAllRegistered([before, ...accepted, again]);
  expect(gateway().slot.unexpectedExits).toBe(0);
}

describe('a disk that is full', () => {
  beforeAll(() => openWith('sqlite'));
  afterAll(() => system.close());

  it.each([0, 5_000, 40_000, 400_000])(
    'but for %i bytes keeps what was accepted and refuses what is new until there is room',
    refuseAndGoOn,
    60_000,
  );

  it('lets the gateway start once there is room, with all that was accepted', async () => {
    const sales = [await sell(), await sell()];
    await gateway().slot.kill();
    const freeDisk = await system.ledger.refuseWrites(0);
    gateway().slot.start();
    await gateway().slot.readyWithin(2_000);
    await freeDisk();
    await gateway().slot.ready();
    await expectAllRegistered(sales);
  }, 60_000);
});

describe('a gateway that may not write to its files', () => {
  beforeAll(() => openWith('sqlite', false));
  afterAll(() => system.close());

  it('keeps what was accepted and refuses what is new until it may', () => refuseAndGoOn(0), 60_000);
});

describe('a database that is read-only', () => {
  beforeAll(() => openWith('postgres'));
  afterAll(() => system.close());

  it(
    'keeps what was accepted and refuses what is new until it may be written',
    () => refuseAndGoOn(0),
    60_000,
  );
});
