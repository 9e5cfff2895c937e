import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { type PaymentFormat, readPaymentLines } from './payment-lines.js';

async function read(format: PaymentFormat, text: string | Buffer, chunk = 7) {
  const bytes = Buffer.from(text);
  const chunks = Array.from({ length: Math.ceil(bytes.length / chunk) }, (_, index) =>
    bytes.subarray(index * chunk, (index + 1) * chunk),
  );
  const lines = [];
  for await (const line of readPaymentLines(Readable.from(chunks), format)) lines.push(line);
  return lines;
}

const header = 'payment_id,amount,time';
const time = '2026-03-31T12:00:00Z';

describe('a table of payments', () => {
  it('is read by the names of its columns, in any order, with any of three delimiters', async () => {
    for (const delimiter of [',', ';', '\t']) {
      const rows = ['Time,note, KIND ,payment_id,amount,currency', `${time},x,refund,"p ""1""",5.00,RUB`, ''];
      const text = `\ufeff${rows.join('\r\n').replaceAll(',', delimiter)}`;
      expect(await read('csv', text)).toEqual([
        { line: 2, time, kind: 'refund', paymentId: 'p "1"', amount: '5.00', currency: 'RUB' },
      ]);
    }
  });

  it('names broken lines, and reads every other', async () => {
    const rows = [
      header,
      `1,5,${time}`,
      '2,"5',
      `3,6,"x"y`,
      `4,7,${time}`,
      `5,8,${time},more`,
      '',
      `6,,${time}`,
      `${'7'.repeat(70_000)},1,${time}`,
      `8,9,${time}`,
    ];
    const lines = await read(
      'csv',
      Buffer.concat([Buffer.from(`${rows.join('\n')}\n9,`), Buffer.from([0xff, 0x0a])]),
    );
    expect(lines.map((line) => [line.line, 'unreadable' in line ? 'unreadable' : line.paymentId])).toEqual([
      [2, '1'],
      [3, 'unreadable'],
      [4, 'unreadable'],
      [5, '4'],
      [6, 'unreadable'],
      [8, '6'],
      [9, 'unreadable'],
      [10, '8'],
      [11, 'unreadable'],
    ]);
    expect(JSON.stringify(lines)).not.toContain('"amount":""');
  });

  it('is told from its columns where another delimiter stands in a heading', async () => {
    for (const heading of ['note, or not', '"note, or not"', '"a ""note"", or\tnot"'])
      expect(await read('csv', `payment_id;amount;time;${heading}\n1;5;${time};a, b\n`)).toMatchObject([
        { line: 2, paymentId: '1', amount: '5' },
      ]);
  });

  it('has each of its columns once, and says what it is written in where that is not UTF-8', async () => {
    for (const text of [`payment_id,${header}\n1,2,5,${time}`, `${header}, Amount\n1,5,${time},6`])
      await expect(read('csv', text)).rejects.toMatchObject({
        code: 'payments.columns',
        message: expect.stringContaining('once'),
      });
    const written = [
      Buffer.from(`\ufeff${header}\n`, 'utf16le'),
      Buffer.from([...Buffer.from(header), 0x2c, 0xca, 0x0a]),
    ];
    for (const text of written)
      await expect(read('csv', text)).rejects.toMatchObject({
        code: 'payments.columns',
        message: expect.stringContaining('UTF-8'),
      });
    expect(await read('csv', `note,note,${header}\na,b,1,5,${time}`)).toMatchObject([{ paymentId: '1' }]);
  });

  it.each(['', 'id,amount,time\n1,5,x', '1,5,x\n', `${header.replace('time', 'tim')}\n`])(
    'without its columns is refused: %j',
    async (text) => {
      await expect(read('csv', text)).rejects.toMatchObject({ code: 'payments.columns', retryable: false });
    },
  );
});

describe('JSON lines of payments', () => {
  it('are objects, one a line; what is none is named', async () => {
    const rows = [{ payment_id: 1, amount: 5.5, time, currency: null }, [1], 'x', { payment_id: '2' }];
    const text = `${rows.map((row) => JSON.stringify(row)).join('\n')}\n{"payment_id":\n\n{}`;
    const lines = await read('jsonl', text);
    expect(lines[0]).toEqual({
      line: 1,
      paymentId: 1,
      amount: 5.5,
      time,
      kind: undefined,
      currency: undefined,
    });
    expect(lines.map((line) => [line.line, 'unreadable' in line])).toEqual([
      [1, false],
      [2, true],
      [3, true],
      [4, false],
      [5, true],
      [7, false],
    ]);
  });

  it('are no JSON array', async () => {
    await expect(read('jsonl', '\n[\n{}\n]')).rejects.toMatchObject({ code: 'payments.format' });
  });
});

it.each(['csv', 'jsonl'] as const)('%s of a million short lines leaves others their turn', async (format) => {
  const first = format === 'csv' ? header : '{}';
  const chunks = Array.from({ length: 16 }, () => Buffer.alloc(65_536, '\n'));
  let turns = 0;
  let next = setImmediate(function count() {
    turns += 1;
    next = setImmediate(count);
  });
  for await (const _ of readPaymentLines(Readable.from([Buffer.from(`${first}\n`), ...chunks]), format));
  clearImmediate(next);
  expect(turns).toBeGreaterThan(500);
});
