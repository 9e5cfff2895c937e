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
      const leave = (request: string, replaces: string | null) =>
        eventReaders.request({ name: 'hook', request, replaces });
      expect(await leave('first', null)).toBe(true);
      expect(await hold('one')).toEqual({ fence: 1, state: null, request: 'first' });
      expect(await leave('second', 'first')).toBe(true);
      expect(await eventReaders.report('hook')).toEqual({ state: null, request: 'second', lines: [] });
      expect(await write(1, 'far', { answered: 'first' })).toEqual({ request: 'second' });
      expect(await write(1, 'far', { answered: 'second' })).toEqual({ request: null });
    });

    it('is left no request in place of one that its author has not seen', async () => {
      const { eventReaders } = harness.store;
      const leave = (request: string, replaces: string | null) =>
        eventReaders.request({ name: 'hook', request, replaces });
      const left = await Promise.all([leave('one', null), leave('two', null), leave('three', null)]);
      expect(left.filter((isLeft) => isLeft)).toHaveLength(1);
      const { request } = await eventReaders.report('hook');
      expect(await leave('four', 'none of them')).toBe(false);
      expect(await leave('four', request)).toBe(true);
      await hold('one');
      await write(1, 'far', { answered: 'four' });
      expect(await leave('five', 'four')).toBe(false);
      expect(await leave('five', null)).toBe(true);
      expect((await eventReaders.report('hook')).request).toBe('five');
    });

    it('is forgotten, and whoever holds it finds its lease lost', async () => {
      const { eventReaders } = harness.store;
      await hold('one');
      await write(1, 'far', { lines: ['a'] });
      await eventReaders.forget('hook');
      await eventReaders.forget('hook');
      expect(await write(1, 'further')).toBe('lease-lost');
      expect(await eventReaders.report('hook')).toEqual({ state: null, request: null, lines: [] });
      expect(await hold('two')).toEqual({ fence: 1, state: null, request: null });
    });

    it('has settings of its merchant, each in place of those that their author has seen', async () => {
      const { eventReaders } = harness.store;
      const put = (version: number, settings: string, merchant = 'shop') =>
        eventReaders.writeSettings({ merchant, version, settings });
      expect(await eventReaders.settings('shop')).toEqual({ merchant: 'shop', version: 0, settings: null });
      const written = await Promise.all(['a', 'b', 'c'].map((settings) => put(0, settings)));
      expect(written.filter((isWritten) => isWritten)).toHaveLength(1);
      expect(await put(1, 'd')).toBe(true);
      expect(await put(1, 'e')).toBe(false);
      expect(await put(0, 'f', 'other')).toBe(true);
      expect(await eventReaders.settings('shop')).toEqual({ merchant: 'shop', version: 2, settings: 'd' });
      expect(await eventReaders.settingsVersions()).toEqual(
        new Map([
          ['shop', 2],
          ['other', 1],
        ]),
      );
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
