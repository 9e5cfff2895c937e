import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import type { RowWalk } from './list-rows.js';
import { readRows } from './read-receipt.js';
import { SharedWalks } from './shared-walks.js';

const days = { 'created_at[gte]': '2026-03-09', 'created_at[lte]': '2026-03-11' };

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** Pages without an end, and which of them are still held. */
class Pages {
  readonly #rows: WeakRef<object>[] = [];

  async *walk(): RowWalk {
    for (;;) {
      const rows = readRows(Buffer.from(JSON.stringify({ data: [{ receipt_id: `${this.#rows.length}` }] })));
      this.#rows.push(new WeakRef(rows ?? []));
      yield rows ?? [];
    }
  }

  async held(): Promise<number[]> {
    // Memory of a finished step is released with the turn of the event loop.
    await new Promise(setImmediate);
    collectGarbage();
    return this.#rows.flatMap((rows, page) => (rows.deref() === undefined ? [] : [page]));
  }
}

async function readOn(reader: RowWalk, pages: number): Promise<void> {
  for (let page = 0; page < pages; page++) expect((await reader.next()).done).toBe(false);
}

it('keeps a page until the last search has read it, and none behind', async () => {
  const pages = new Pages();
  const walks = new SharedWalks(() => pages.walk());
  const call = { requestId: 'one', signal: undefined };
  const first = walks.read(days, call);
  await readOn(first, 1);
  // Both join the walk that is to come: the current one began before they asked.
  const [slow, fast] = [walks.read(days, call), walks.read(days, call)];
  const started = [slow.next(), fast.next()];
  await first.return({ kind: 'complete' });
  await Promise.all(started);
  await readOn(fast, 5);
  const before = await pages.held();
  await readOn(slow, 4);
  const after = await pages.held();
  expect(before.length).toBeGreaterThanOrEqual(6);
  expect(after.length).toBeLessThanOrEqual(before.length - 3);
  await Promise.all([slow.return({ kind: 'complete' }), fast.return({ kind: 'complete' })]);
});
