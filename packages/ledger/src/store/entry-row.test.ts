import { expect, it } from 'vitest';
import { type EntryRow, entryOfRow, entryWithDelivery, newEntryRow } from './entry-row.js';
import { newEntry } from './new-entry.fixture.js';
import { acceptedRow } from './sqlite/accept.js';

const accepted = newEntry();
const row: EntryRow = {
  ...acceptedRow(newEntryRow(accepted), { blocked: false, awaits: null }, 1),
  sequence: 1,
};

it('brings back what was accepted, also in a copy', () => {
  const entry = entryOfRow(row);
  expect(entry).toMatchObject(accepted);
  expect({ ...entry }.document).toEqual(accepted.document);
  expect(structuredClone(entry).document).toEqual(accepted.document);
});

it('follows delivery without reading the document', () => {
  const settled = { state: 'parked', version: 2, changed_at: 5, due_at: null, attempts: 3 } as const;
  const unread = entryWithDelivery(entryOfRow({ ...row, document: 'cut o' }), { ...row, ...settled });
  expect(unread).toMatchObject({ state: 'parked', version: 2, dueAt: null, attempts: 3 });
  expect(entryWithDelivery(entryOfRow(row), { ...row, ...settled })).toEqual(
    entryOfRow({ ...row, ...settled }),
  );
});

it('reads the document once, and not before somebody looks at it', () => {
  const entry = entryOfRow(row);
  expect(entry.document).toBe(entry.document);
  const { request } = entryOfRow({ ...row, document: 'cut o' });
  expect(request).toEqual(accepted.request);
});

it('gives all entries one accessor, so that they keep one shape', () => {
  const [one, another] = [entryOfRow(row), entryOfRow({ ...row, document: '{}' })].map((entry) =>
    Object.getOwnPropertyDescriptor(entry, 'document'),
  );
  expect(one?.get).toBe(another?.get);
  expect(entryOfRow({ ...row, document: '{}' }).document).toEqual({});
});
