import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { russianReceipt, Shop, soliqLink } from '../shop.fixture.js';
import { startSandbox } from '../start-sandbox.js';

let folder: string;
let dataFile: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
  dataFile = join(folder, 'deep', 'sandbox.jsonl');
});

afterEach(() => rmSync(folder, { recursive: true }));

const foreignFile = () => join(folder, 'diary');

async function registerOne() {
  await using sandbox = await startSandbox({ dataFile, registrationDelayMs: 0 });
  await using shop = new Shop(sandbox.url);
  const receipt = (await shop.create(russianReceipt)).receipt();
  await shop.confirmAnor('t');
  return { receipt, journal: sandbox.journal() };
}

test('a second start has everything registered and continues the numbers', async () => {
  const { receipt, journal } = await registerOne();
  await using sandbox = await startSandbox({ dataFile, registrationDelayMs: 0 });
  await using shop = new Shop(sandbox.url);
  expect(sandbox.journal().receipts).toEqual(journal.receipts);
  expect(sandbox.journal().confirmations).toEqual(journal.confirmations);
  expect((await shop.sign({ target: `/v5/receipts/${receipt.receipt_id}` })).receipt()).toEqual(receipt);
  expect((await shop.create(russianReceipt)).receipt().fiscal_document_number).not.toBe(
    receipt.fiscal_document_number,
  );
  const conflict = await shop.confirmAnor('t', soliqLink.replace('r=2421', 'r=1'));
  expect(conflict.json()).toMatchObject({ is_success: false });
});

test('the buyer is not stored', async () => {
  await registerOne();
  expect(readFileSync(dataFile, 'utf8')).not.toContain('buyer@example.com');
});

test('a receipt is stored in the format of all versions', async () => {
  await registerOne();
  const [line = ''] = readFileSync(dataFile, 'utf8').split('\n');
  const stored = JSON.parse(line);
  expect(Object.keys(stored).join()).toBe('kind,receiptId,merchantId,receipt,writing,createdAt,fate');
  expect(stored.fate).toMatchObject({ kind: 'registers', mark: { fiscal_document_number: '1' } });
});

test.each(['{"kind":"receipt","receip', '{"ki'])(
  'an incomplete line %j is dropped, and the next one is not appended to it',
  async (torn) => {
    const { journal } = await registerOne();
    appendFileSync(dataFile, torn);
    await registerOne();
    await using sandbox = await startSandbox({ dataFile });
    expect(sandbox.journal().receipts).toHaveLength(2);
    expect(sandbox.journal().receipts[0]).toEqual(journal.receipts[0]);
  },
);

test.each(['my diary', 'my diary\nnot yours', '{"name":"diary"}\n', '{"name":"di', '7\n{"kind":"receipt'])(
  'a file that is something else is refused and left as it is: %j',
  async (content) => {
    writeFileSync(foreignFile(), content);
    await expect(startSandbox({ dataFile: foreignFile() })).rejects.toMatchObject({
      code: 'sandbox.data.unreadable',
    });
    expect(readFileSync(foreignFile(), 'utf8')).toBe(content);
  },
);

test('a reset empties the file', async () => {
  await registerOne();
  await using sandbox = await startSandbox({ dataFile });
  sandbox.reset();
  expect(readFileSync(dataFile, 'utf8')).toBe('');
});
