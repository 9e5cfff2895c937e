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
