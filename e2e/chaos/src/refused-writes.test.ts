import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, GatewayCaller } from './clients/gateway-caller.js';
import { Chance } from './generator/chance.js';
import { Pen } from './generator/document-generator.js';
import type { Ask } from './generator/operation.js';
import { openWorld, type World } from './system/system.js';

const caller = new GatewayCaller();
const pen = new Pen(new Chance(1, 'refused writes'));
let world: World;

afterAll(() => caller.close());

const gateway = () => {
  const [first] = world.gateways;
  if (!first) throw new Error('there is a gateway');
  return first;
};
const bodyOf = (answer: Answer) => JSON.parse(JSON.stringify(answer?.body ?? null));

interface Sale {
  readonly ask: Ask;
  readonly answer: Answer;
}

async function send(ask: Ask): Promise<Sale> {
  return { ask, answer: await caller.ask(gateway().url, ask, { waitMs: 0, timeoutMs: 5_000 }) };
}

/** Hands one more sale in. */
const sell = () => send(pen.receipt().ask);
const isAccepted = ({ answer }: Sale) => answer?.status === 200;

/** Sells until no sale is taken any more: some may pass after the first that is refused. */
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

async function read({ ask, answer }: Sale) {
  const path = `/v5/receipts/${bodyOf(answer).data.receipt_id}`;
  const found = await caller.get(gateway().url, { merchant: ask.merchant, path }, 0);
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
  world = await openWorld({ seed: 1, ledger, gateways: 1, receipts: 100, mayMount, without: null });
}

/** What was accepted stays, what is new is refused for the time being, health says so, and all goes on when it can. */
async function refuseAndGoOn(leaveBytes: number) {
  const before = await sell();
  expect(before.answer?.status).toBe(200);
  const letPass = await world.ledger.refuseWrites(leaveBytes);

  const { accepted, refused } = await sellUntilRefused();
  expect(refused.answer?.status).toBe(503);
  expect(bodyOf(refused.answer)).toMatchObject({ error: { code: 'ledger.unavailable', retryable: true } });
  expect((await read(before)).http).toBe(200);
  // What little room is left may be enough for the look whether there is any, until that has taken it.
  const saysSo = async () => !isAccepted(await sell()) && (await readiness());
  const unavailable = { http: 503, checks: { ledger: 'ledger.unavailable' } };
  await expect.poll(saysSo, { timeout: 5_000 }).toMatchObject(unavailable);

  await letPass();
  await expect.poll(async () => (await readiness()).http, { timeout: 20_000 }).toBe(200);
  const again = await send(refused.ask);
  expect(again.answer?.status).toBe(200);
  await expectAllRegistered([before, ...accepted, again]);
  expect(gateway().slot.falls).toBe(0);
}

describe('a disk that is full', () => {
  beforeAll(() => openWith('sqlite'));
  afterAll(() => world.close());

  it.each([0, 5_000, 40_000, 400_000])(
    'but for %i bytes keeps what was accepted and refuses what is new until there is room',
    refuseAndGoOn,
    60_000,
  );

  it('lets the gateway start once there is room, with all that was accepted', async () => {
    const sales = [await sell(), await sell()];
    await gateway().slot.kill();
    const makeRoom = await world.ledger.refuseWrites(0);
    gateway().slot.start();
    await gateway().slot.readyWithin(2_000);
    await makeRoom();
    await gateway().slot.ready();
    await expectAllRegistered(sales);
  }, 60_000);
});

describe('a gateway that may not write to its files', () => {
  beforeAll(() => openWith('sqlite', false));
  afterAll(() => world.close());

  it('keeps what was accepted and refuses what is new until it may', () => refuseAndGoOn(0), 60_000);
});

describe('a database that is read-only', () => {
  beforeAll(() => openWith('postgres'));
  afterAll(() => world.close());

  it(
    'keeps what was accepted and refuses what is new until it may be written',
    () => refuseAndGoOn(0),
    60_000,
  );
});
