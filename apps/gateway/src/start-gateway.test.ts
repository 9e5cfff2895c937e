import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { OpeningStore } from './start-gateway.js';

const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-opening-'));
const url = `sqlite:${join(folder, 'ledger.sqlite')}`;

afterAll(() => rmSync(folder, { recursive: true }));

it('closes a ledger that nobody took', async () => {
  const opening = new OpeningStore(url);
  await opening.abandon();
  const store = await opening.take();
  await expect(store.figures(1, 1)).rejects.toMatchObject({ code: 'ledger.unavailable' });
});

it('leaves a ledger that was taken to whoever took it', async () => {
  const opening = new OpeningStore(url);
  const store = await opening.take();
  await opening.abandon();
  expect(await store.figures(1, 1)).toMatchObject({ due: 0 });
  await store.close();
});

it('tells whoever takes it why a ledger can not be opened, and nobody else', async () => {
  const first = new OpeningStore(url);
  const store = await first.take();
  const second = new OpeningStore(url);
  await second.abandon();
  await expect(second.take()).rejects.toMatchObject({ code: 'ledger.in-use' });
  await store.close();
});
