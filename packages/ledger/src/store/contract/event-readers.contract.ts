import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { mostReaderLines } from '../event-readers.js';
import { longLeaseMs, type OpenStore, shortLeaseMs, useStore } from './store-harness.fixture.js';

export function describeEventReaders(open: OpenStore): void {
  describe('a reader of events', () => {
    const harness = useStore(open);
    const hold = (worker: string, leaseMs = longLeaseMs, name = 'hook') =>
      harness.store.eventReaders.hold({ name, worker, leaseMs });
    const write = (
      fence: number,
      state: string,
      given: { lines?: string[]; answered?: string; leaseMs?: number } = {},
    ) =>
      harness.store.eventReaders.write({
        name: 'hook',
        fence,
        state,
        lines: given.lines ?? [],
        answered: given.answered ?? null,
        leaseMs: given.leaseMs ?? longLeaseMs,
      });

    it('is held by one worker, with what the last one wrote', async () => {
      expect(await hold('one')).toEqual({ fence: 1, state: null, request: null });
      expect(await hold('two')).toBeNull();
      expect(await hold('two', longLeaseMs, 'other')).toMatchObject({ fence: 1 });
      expect(await write(1, 'far', { leaseMs: 0 })).toEqual({ request: null });
      expect(await hold('two')).toEqual({ fence: 2, state: 'far', request: null });
      expect(await write(1, 'further')).toBe('lease-lost');
      expect((await harness.store.eventReaders.report('hook')).state).toBe('far');
    });

    it('is free when the lease has ended, which writing puts off', async () => {
      await hold('one', shortLeaseMs);
      await write(1, 'far', { leaseMs: 2 * shortLeaseMs });
      await delay(shortLeaseMs + 50);
      expect(await hold('two')).toBeNull();
      await expect.poll(() => hold('two')).toMatchObject({ fence: 2, state: 'far' });
    });

    it('is left a request until it is answered', async () => {
      const { eventReaders } = harness.store;
      await eventReaders.request('hook', 'first');
      expect(await hold('one')).toEqual({ fence: 1, state: null, request: 'first' });
      await eventReaders.request('hook', 'second');
      expect(await eventReaders.report('hook')).toEqual({ state: null, request: 'second', lines: [] });
      expect(await write(1, 'far', { answered: 'first' })).toEqual({ request: 'second' });
      expect(await write(1, 'far', { answered: 'second' })).toEqual({ request: null });
    });

    it('keeps its newest lines', async () => {
      await hold('one');
      await write(1, 'far', { lines: ['a', 'b'] });
      await write(1, 'far', { lines: ['c'] });
      expect(await harness.store.eventReaders.report('hook')).toEqual({
        state: 'far',
        request: null,
        lines: ['c', 'b', 'a'],
      });
      const many = Array.from({ length: mostReaderLines }, (_, index) => `line ${index}`);
      await write(1, 'far', { lines: many });
      expect((await harness.store.eventReaders.report('hook')).lines).toEqual(many.toReversed());
      await write(9, 'far', { lines: ['of nobody'] });
      expect((await harness.store.eventReaders.report('hook')).lines).toHaveLength(mostReaderLines);
      expect(await harness.store.eventReaders.report('nobody')).toEqual({
        state: null,
        request: null,
        lines: [],
      });
    });
  });
}
