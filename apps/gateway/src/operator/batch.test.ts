import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKey, hashKey } from '../auth/api-keys.js';
import { fileWith } from '../configuration/configuration.fixture.js';
import { type Answer, type Harness, openHarness, shop } from '../gateway.fixture.js';
import { sale } from '../receipt.fixture.js';

const keys = { anna: createKey(), reader: createKey(), stranger: createKey() };
const reason = 'The provider was away.';
const stranger = '700124';

let harness: Harness;

beforeEach(async () => {
  harness = await openHarness((sandboxUrl) => ({
    FISCALKIT_ROLE: 'api',
    FISCALKIT_CONFIG: fileWith(
      JSON.stringify({
        merchants: [
          {},
          {
            id: stranger,
            secretKey: { env: 'OTHER' },
            freedompay: { baseUrl: sandboxUrl },
            fiscalbox: { baseUrl: sandboxUrl },
          },
        ],
        administrators: [
          { name: 'anna', keyHash: hashKey(keys.anna) },
          { name: 'reader', keyHash: hashKey(keys.reader), role: 'read' },
          { name: 'stranger', keyHash: hashKey(keys.stranger), merchants: [stranger] },
        ],
      }),
    ),
    OTHER: 'the secret of another merchant',
  }));
});
afterEach(() => harness.close());

async function accept(payment: number): Promise<string> {
  const body = JSON.stringify(sale({ payment_id: payment }));
  return (await harness.signed({ method: 'POST', body })).body.data.receipt_id;
}

function admin(path: string, body?: unknown, { name = 'anna', headers = {} }: Caller = {}): Promise<Answer> {
  return harness.send(`/admin${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      Authorization: `Bearer ${keys[name]}`,
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

interface Caller {
  readonly name?: keyof typeof keys;
  readonly headers?: Record<string, string>;
}

const intervene = (given: Record<string, unknown>, caller?: Caller) =>
  admin('/acts', { act: 'park', reason, filter: { state: 'accepted' }, ...given }, caller);

async function entryOf(id: string, name: keyof typeof keys = 'anna') {
  return (await admin(`/entries/${id}`, undefined, { name })).body.data;
}

describe('POST /admin/acts', () => {
  it('tells what would be done, does it once, and leaves who, why and which batch in the journal', async () => {
    const ids = [await accept(1), await accept(2), await accept(3)];
    const reported = await intervene({ dry_run: true });
    expect(reported.status).toBe(200);
    expect(reported.body.data).toEqual({
      batch: expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/),
      ...{ act: 'park', dry_run: true, limit: 1_000, would_act: { count: 3, states: { accepted: 3 } } },
      acted_before: 0,
      left: { count: 0, states: {} },
      refused: [],
      complete: true,
      all_counted: true,
      next: null,
    });
    expect((await entryOf(ids[0] ?? '')).state).toBe('accepted');
    const { would_act: acted, ...others } = reported.body.data;
    const done = await intervene({ limit: 1_000 });
    expect(done.body.data).toEqual({ ...others, dry_run: false, acted });
    const { batch } = reported.body.data;
    for (const id of ids) {
      const { state, journal } = await entryOf(id);
      expect(state).toBe('parked');
      expect(journal.at(-1).details).toEqual({ action: 'park', batch, by: 'anna', reason });
    }
    const again = await intervene({ filter: { state: ['accepted'] } });
    expect(again.body.data).toMatchObject({ batch, acted: { count: 0 }, acted_before: 3, complete: true });
    const released = await intervene({ act: 'release', filter: { state: ['parked', 'unknown'] } });
    expect(released.body.data).toMatchObject({ acted: { count: 3, states: { parked: 3 } } });
    const keyed = await intervene({}, { headers: { 'Idempotency-Key': 'second' } });
    expect(keyed.body.data).toMatchObject({ acted: { count: 3 }, acted_before: 0 });
    expect(keyed.body.data.batch).not.toBe(batch);
  });

  it('goes no further than its limit', async () => {
    const ids = [await accept(1), await accept(2), await accept(3)];
    const first = (await intervene({ limit: 2 })).body.data;
    expect(first).toMatchObject({ acted: { count: 2 }, left: { count: 1 }, next: expect.any(String) });
    const second = (await intervene({ limit: 2, after: first.next })).body.data;
    expect(second).toMatchObject({ acted: { count: 1 }, left: { count: 0 }, next: null });
    for (const id of ids) expect((await entryOf(id)).state).toBe('parked');
  });

  it.each<[string, Record<string, unknown>, number, string, string?]>([
    ['nothing', { filter: {} }, 422, 'intervention.invalid', '$.filter'],
    ['no filter', { filter: undefined }, 422, 'intervention.invalid', '$.filter'],
    ['all, and not quite', { filter: { all: false } }, 422, 'intervention.invalid', '$.filter.all'],
    [
      'a merchant that is none',
      { filter: { merchant: null } },
      422,
      'intervention.invalid',
      '$.filter.merchant',
    ],
    [
      'a merchant without a name',
      { filter: { merchant: '' } },
      422,
      'intervention.invalid',
      '$.filter.merchant',
    ],
    ['no states', { filter: { state: [] } }, 422, 'intervention.invalid'],
    ['a state that is none', { filter: { state: 'lost' } }, 422, 'intervention.invalid'],
    ['what a filter has not', { filter: { id: 'x' } }, 422, 'intervention.invalid', '$.filter.id'],
    ['a time that is none', { filter: { from: 'yesterday' } }, 422, 'intervention.invalid', '$.filter.from'],
    ['an unknown act', { act: 'delete' }, 422, 'intervention.invalid', '$.act'],
    ['too many', { limit: 1_001 }, 422, 'intervention.invalid', '$.limit'],
    ['a dry run, perhaps', { dry_run: 'yes' }, 422, 'intervention.invalid', '$.dry_run'],
    ['another name', { by: 'somebody' }, 422, 'intervention.invalid', '$.by'],
    ['resolve', { act: 'resolve', filter: { all: true } }, 409, 'intervention.needs-evidence'],
    ['resubmit', { act: 'resubmit', filter: { state: 'rejected' } }, 409, 'intervention.needs-evidence'],
    ['move', { act: 'move', filter: { all: true } }, 409, 'intervention.needs-evidence'],
  ])('refuses %s', async (_, given, status, code, path) => {
    const id = await accept(1);
    const answer = await intervene(given);
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
    if (path) expect(answer.body.error.faults).toContainEqual(expect.objectContaining({ path }));
    expect((await entryOf(id)).journal).toHaveLength(1);
  });

  it('is of the merchants that the administrator is for', async () => {
    const id = await accept(1);
    const all = { filter: { all: true } };
    expect((await intervene(all, { name: 'stranger' })).body.data).toMatchObject({
      acted: { count: 0 },
      refused: [],
    });
    const named = await intervene({ filter: { merchant: shop.id } }, { name: 'stranger' });
    expect([named.status, named.body.error.code]).toEqual([403, 'access.merchant']);
    expect((await intervene(all, { name: 'reader' })).body.error.code).toBe('access.role');
    expect((await entryOf(id)).state).toBe('accepted');
  });
});

describe('the acts that an entry shows', () => {
  const possible = (entry: { acts: { act: string; possible: boolean }[] }) =>
    entry.acts.filter((each) => each.possible).map((each) => each.act);

  it('are those that are possible, and why not the others', async () => {
    const id = await accept(1);
    const [listed] = (await admin('/entries?older_than_ms=0')).body.data;
    for (const entry of [listed, await entryOf(id)]) {
      expect(possible(entry)).toEqual(['retry', 'park', 'resolve']);
      const reasonOf = (name: string) =>
        entry.acts.find((each: { act: string }) => each.act === name)?.reason;
      expect(reasonOf('release')).toEqual({
        code: 'entry.state',
        message: expect.stringMatching(/parked/),
      });
      expect(reasonOf('move')).toEqual({
        code: 'account.unknown',
        message: expect.stringMatching(/no other account/),
      });
    }
    const parked = await admin(`/entries/${id}/park`, { reason });
    expect(possible(parked.body.data)).toEqual(['retry', 'release', 'resolve']);
    expect((await admin(`/entries/${id}/look-up`, { reason })).body.error.code).toBe('entry.state');
    expect((await admin(`/entries/${id}/release`, { reason })).body.data.state).toBe('accepted');
  });

  it('are none to who may only look', async () => {
    const id = await accept(1);
    const { acts } = await entryOf(id, 'reader');
    expect(acts).toHaveLength(7);
    for (const each of acts) expect(each).toMatchObject({ possible: false, reason: { code: 'access.role' } });
  });
});
