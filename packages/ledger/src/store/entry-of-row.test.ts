import { expect, it } from 'vitest';
import { entryOfRow } from './entry-of-row.js';
import type { EntryRow } from './entry-row.js';
import { newEntry } from './new-entry.fixture.js';
import { newEntryRow } from './new-entry-row.js';

const accepted = newEntry();
const row: EntryRow = {
  ...newEntryRow(accepted),
  sequence: 1,
  state: 'accepted',
  accepted_at: 1,
  changed_at: 1,
  due_at: 1,
  worker: null,
  fence: 0,
  attempts: 0,
  failures: 0,
  first_attempt_at: null,
  last_attempt_at: null,
  provider_document_id: null,
  registration: null,
  reason: null,
  version: 1,
  hash: '',
};

it('brings back what was accepted, also in a copy', () => {
  const entry = entryOfRow(row);
  expect(entry).toMatchObject(accepted);
  expect({ ...entry }.document).toEqual(accepted.document);
  expect(structuredClone(entry).document).toEqual(accepted.document);
});

it('reads the document once, and not before somebody looks at it', () => {
  const entry = entryOfRow(row);
  expect(entry.document).toBe(entry.document);
  const { request } = entryOfRow({ ...row, document: 'cut o' });
  expect(request).toEqual(accepted.request);
});
