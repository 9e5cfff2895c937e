import { describe, expect, it } from 'vitest';
import { ListPlaces } from './list-limits.js';

const busy = { code: 'lists.busy', retryable: true };

describe('the places of lists', () => {
  it('are given in the order in which they were asked for, merchant by merchant', async () => {
    const places = new ListPlaces({ atOnce: 2, waiting: 2 });
    const given: string[] = [];
    const take = async (name: string, merchant = 'a') => {
      const giveBack = await places.take(merchant);
      given.push(name);
      return giveBack;
    };
    const [one, two] = [await take('one'), await take('two')];
    const [three, four] = [take('three'), take('four')];
    await expect(take('five')).rejects.toMatchObject(busy);
    (await take('another merchant', 'b'))();
    expect(given).toEqual(['one', 'two', 'another merchant']);
    two();
    (await three)();
    (await four)();
    one();
    expect(given).toEqual(['one', 'two', 'another merchant', 'three', 'four']);
    (await take('six'))();
  });

  it('are not waited for without end', async () => {
    const places = new ListPlaces({ atOnce: 1, waiting: 1, waitMs: 5 });
    const giveBack = await places.take('a');
    await expect(places.take('a')).rejects.toMatchObject(busy);
    const next = places.take('a');
    giveBack();
    (await next)();
  });

  it('are waited for no more when the caller has gone', async () => {
    const places = new ListPlaces({ atOnce: 1, waiting: 1 });
    const giveBack = await places.take('a');
    const gone = new AbortController();
    const first = places.take('a', gone.signal);
    const reason = new Error('gone');
    gone.abort(reason);
    await expect(first).rejects.toBe(reason);
    await expect(places.take('a', gone.signal)).rejects.toBe(reason);
    const second = places.take('a');
    giveBack();
    (await second)();
    (await places.take('a'))();
  });
});
