import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FindOptions, Provider, RegistrationRequest } from '../../contract/provider.js';
import {
  answering,
  type LoopbackServer,
  startLoopbackServer,
} from '../../transport/loopback-server.fixture.js';
import { createFreedompay } from './freedompay-provider.js';
import { checkedReceipt, documentedReceipt, registeredFields } from './receipt.fixture.js';

const now = new Date('2026-03-10T21:30:00Z');
// 02:00 on the 11th at UTC+5, the zone in which creation times are requested.
const since = new Date('2026-03-10T21:00:00Z');
const justAfter = '11.03.2026 02:00:07';

let server: LoopbackServer;
let provider: Provider;
let request: RegistrationRequest;
beforeAll(async () => {
  server = await startLoopbackServer();
  const settings = { merchantId: '542088', secretKey: 'secret', baseUrl: server.origin, clock: () => now };
  provider = createFreedompay(settings);
  const identity = { reference: 'reference', businessTime: since };
  request = provider.freeze({ operation: 'receipt', document: checkedReceipt() }, identity);
});
afterAll(async () => {
  await provider.close();
  await server.close();
});

/** Lists like the provider: newest first, `offset` and `limit` in rows, at most `most` at a time. */
function listing(rows: readonly Record<string, unknown>[], most = 100) {
  server.behave((response, { target }) => {
    const query = new URL(target, server.origin).searchParams;
    const offset = Number(query.get('offset'));
    const limit = Math.min(Number(query.get('limit')), most);
    response.end(JSON.stringify({ data: rows.slice(offset, offset + limit) }));
  });
}

function row(receipt_id: string, changes: Record<string, unknown> = {}) {
  return documentedReceipt({ receipt_id, created_at: justAfter, ...changes });
}

function find(options: Partial<FindOptions> = {}) {
  return provider.find(request, { since, boundDocumentIds: new Set(), ...options });
}

function doubtful(...candidates: (readonly [string, string])[]) {
  return {
    kind: 'doubtful',
    reason: {
      code: 'provider.doubtful',
      message: expect.any(String),
      candidates: candidates.map(([providerDocumentId, field]) => ({ providerDocumentId, differs: [field] })),
    },
  };
}

const foundPending = (providerDocumentId: string) => ({
  kind: 'found',
  verdict: { kind: 'pending', providerDocumentId },
});

describe('find', () => {
  it('asks for the payment in a window of days that covers every zone, and for all when it shows nothing', async () => {
    listing([]);
    expect(await find()).toEqual({ kind: 'absent' });
    const window = '/v5/receipts?created_at[gte]=2026-03-09&created_at[lte]=2026-03-11';
    expect(server.received.map(({ target }) => target)).toEqual([
      `${window}&payment_id=764239789&offset=0&limit=100&utc=5`,
      `${window}&offset=0&limit=100&utc=5`,
    ]);
  });

  it('asks once when the receipt is on the first page', async () => {
    listing([row('ours')]);
    expect(await find()).toEqual(foundPending('ours'));
    expect(server.received).toHaveLength(1);
  });

  it('finds our receipt in the state that it is in', async () => {
    listing([row('ours')]);
    expect(await find()).toEqual(foundPending('ours'));
    listing([row('ours', registeredFields)]);
    expect(await find()).toMatchObject({ kind: 'found', verdict: { kind: 'registered' } });
    listing([row('ours', { status: 'failed' })]);
    expect(await find()).toMatchObject({ kind: 'found', verdict: { kind: 'rejected' } });
  });

  const [first, second] = documentedReceipt().positions as [Record<string, unknown>, Record<string, unknown>];
  const positions = (change: Record<string, unknown>) => [
    { ...first, ...change },
    { ...second, ...change },
  ];
  const another: [string, string, Record<string, unknown>][] = [
    ['total', 'total', { total: 200.01 }],
    ['total, in minor units', 'total', { total: 20_000 }],
    ['price', 'positions.price', { positions: [{ ...first, price: 50.01 }, second] }],
    ['quantity', 'positions.quantity', { positions: [{ ...first, quantity: 2.001 }, second] }],
    ['number of positions', 'positions', { positions: [first] }],
    [
      'payment method',
      'positions.payment_method',
      { positions: positions({ payment_method: 'full_prepayment' }) },
    ],
    ['VAT code', 'positions.vat_code', { positions: positions({ vat_code: 'vat_120' }) }],
    ['payment object', 'positions.payment_object', { positions: positions({ payment_object: 'service' }) }],
    ['kind of settlement', 'settlements', { settlements: [{ type: 'prepayment', sum: 200 }] }],
    [
      'sum of settlement',
      'settlements',
      {
        settlements: [
          { type: 'cashless', sum: 100 },
          { type: 'cash', sum: 100 },
        ],
      },
    ],
    ['format', 'receipt_format', { receipt_format: 'ru_1_2' }],
  ];

  it.each<readonly [string, Record<string, unknown>]>([
    ['another payment', { payment_id: '1' }],
    ['another operation', { operation_type: 'sell_refund' }],
    ['an older receipt that was rejected', { created_at: '11.03.2026 01:57:00', status: 'failed' }],
    ['a rejected receipt that differs', { total: 1, status: 'failed' }],
    ...another.map(
      ([what, , changes]) =>
        [`an older receipt with another ${what}`, { ...changes, created_at: '11.03.2026 01:54:59' }] as const,
    ),
  ])('does not take for ours: %s', async (_, changes) => {
    listing([row('other', changes)]);
    expect(await find()).toEqual({ kind: 'absent' });
  });

  const notOlder = ['11.03.2026 02:00:07', '11.03.2026 01:55:01', null, 'yesterday'];
  it.each([
    ...another,
    ['name', 'positions.name', { positions: [{ ...first, name: 'Товар №3' }, second] }] as const,
    ['sum of a position', 'positions.sum', { positions: [{ ...first, sum: 98 }, second] }] as const,
    ['merchant', 'merchant_id', { merchant_id: '542089' }] as const,
    ["buyer's address", 'customer.email', { customer: { email: 'other@example.com' } }] as const,
  ])('is in doubt about a receipt that is not older, of another %s', async (_, field, changes) => {
    for (const created_at of notOlder) {
      listing([row('other', { ...changes, created_at })]);
      expect(await find()).toEqual(doubtful(['other', field]));
    }
  });

  it('is in doubt about an older receipt with other names only: it may be ours, rewritten, by a wrong clock', async () => {
    listing([row('other', { positions: positions({ name: 'Чай' }), created_at: '10.03.2026 12:00:00' })]);
    expect(await find()).toEqual(doubtful(['other', 'positions.name']));
  });

  it('is in doubt by another tolerance that is set', async () => {
    const settings = { merchantId: '542088', secretKey: 'secret', baseUrl: server.origin, clock: () => now };
    const tolerant = createFreedompay({ ...settings, clockToleranceMs: 3_600_000 });
    listing([row('other', { total: 1, created_at: '11.03.2026 01:30:00' })]);
    expect(await tolerant.find(request, { since, boundDocumentIds: new Set() })).toEqual(
      doubtful(['other', 'total']),
    );
    await tolerant.close();
  });

  it('names ten receipts at most', async () => {
    listing(Array.from({ length: 12 }, (_, index) => row(`other-${index}`, { total: 1 })));
    const finding = await find();
    expect(finding.kind === 'doubtful' && finding.reason.candidates).toHaveLength(10);
  });

  it.each([
    [
      'amounts as text',
      { total: '200.00', positions: [{ ...first, price: '50.00', quantity: '2.000' }, second] },
    ],
    ['other blanks in a name', { positions: [{ ...first, name: ' Товар  №1' }, second] }],
    ['another order of positions', { positions: [second, first] }],
    ['names in capitals', { positions: [{ ...first, name: 'ТОВАР №1' }, second] }],
    ['a sign that became a question mark', { positions: [{ ...first, name: 'Товар ?1' }, second] }],
    ['words in capitals', { operation_type: 'SELL', positions: positions({ vat_code: 'VAT-20' }) }],
    ['blanks and zeros in the merchant', { merchant_id: ' 0542088' }],
    ['a number for the payment', { payment_id: 764239789 }],
    ['blanks and zeros in the payment', { payment_id: ' 0764239789 ' }],
    [
      'fewer members',
      { positions: [{ name: 'Товар №1', quantity: 2, price: 50 }, second], settlements: null },
    ],
    ['a hidden address', { customer: { email: 'b***@example.com' } }],
    ['a clock a little behind', { created_at: '11.03.202601:58:30' }],
    ['a clock far behind', { created_at: '10.03.2026 21:00:00' }],
    ['no creation time', { created_at: null }],
    ['a status that nobody knows', { status: 'sleeping' }],
  ])('takes for ours in spite of %s', async (_, changes) => {
    listing([row('ours', changes)]);
    expect(await find()).toEqual(foundPending('ours'));
  });

  it.each([
    ['shows no positions', 'positions', { positions: null }],
    ['shows no total', 'total', { total: null }],
    ['shows no payment', 'payment_id', { payment_id: null }],
    ['shows an unreadable price', 'positions.price', { positions: [{ ...first, price: 'x' }, second] }],
    [
      'shows neither a rate nor a time',
      'created_at',
      { positions: positions({ vat_code: null }), created_at: null },
    ],
    ['shows an operation that nobody knows', 'operation_type', { operation_type: 'income' }],
    [
      'shows an old time and no rate',
      'created_at',
      { positions: positions({ vat_code: null }), created_at: '10.03.2026 12:00:00' },
    ],
  ])('claims no absence while a receipt of the payment %s', async (_, field, changes) => {
    listing([row('unclear', changes)]);
    expect(await find()).toEqual(doubtful(['unclear', field]));
  });

  it('takes the literal one of two that are alike, and is in doubt about two that were both rewritten', async () => {
    const rewritten = { positions: positions({ name: '?' }) };
    const upper = { positions: [{ ...first, name: 'ТОВАР №1' }, second] };
    listing([row('upper', upper), row('ours')]);
    expect(await find()).toEqual(foundPending('ours'));
    listing([row('upper', upper), row('other-upper', upper)]);
    expect(await find()).toEqual(doubtful(['upper', 'positions.name'], ['other-upper', 'positions.name']));
    expect(await find({ boundDocumentIds: new Set(['upper']) })).toEqual(foundPending('other-upper'));
    listing([row('short', rewritten)]);
    expect(await find()).toEqual(doubtful(['short', 'positions.name']));
  });

  it('leaves out receipts that are bound to other documents', async () => {
    listing([row('second'), row('first')]);
    expect(await find({ boundDocumentIds: new Set(['first']) })).toEqual(foundPending('second'));
    expect(await find({ boundDocumentIds: new Set(['first', 'second']) })).toEqual({ kind: 'absent' });
  });

  it('takes the earliest of several, a rejected one only when no other is there', async () => {
    listing([
      row('latest', { created_at: '11.03.2026 02:00:09' }),
      row('earliest', { created_at: '11.03.2026 02:00:05' }),
      row('rejected', { created_at: '11.03.2026 02:00:01', status: 'failed' }),
    ]);
    expect(await find()).toEqual(foundPending('earliest'));
  });

  it('takes one from after the first attempt before an older one, and of these the nearest', async () => {
    const older = [
      row('oldest', { created_at: '10.03.2026 20:00:00' }),
      row('older', { created_at: '11.03.2026 01:50:00' }),
    ];
    listing([row('ours', { created_at: '11.03.2026 02:29:00' }), ...older]);
    expect(await find()).toEqual(foundPending('ours'));
    listing(older);
    expect(await find()).toEqual(foundPending('older'));
  });

  it('looks at the right days when the clock was days ahead at the first attempt', async () => {
    listing([row('ours', { created_at: '11.03.2026 02:29:00' })]);
    expect(await find({ since: new Date('2026-03-20T21:00:00Z') })).toEqual(foundPending('ours'));
    expect(server.received[0]?.target).toContain('created_at[gte]=2026-03-09&created_at[lte]=2026-03-21');
  });

  describe('when the first attempt was noted by a clock that was ahead', () => {
    const ahead = { since: new Date('2026-03-11T02:00:00Z') };

    it('takes for ours what a register rewrote, for it only looks older', async () => {
      listing([row('ours', { positions: [{ ...first, name: 'ТОВАР №1' }, second] })]);
      expect(await find(ahead)).toEqual(foundPending('ours'));
    });

    it('claims no absence while something differs that no register rewrites', async () => {
      listing([row('unclear', { total: 1 })]);
      expect(await find(ahead)).toEqual(doubtful(['unclear', 'total']));
    });

    it('lets no time make up for what is not shown', async () => {
      listing([row('unclear', { positions: positions({ vat_code: null }) })]);
      expect(await find(ahead)).toEqual(doubtful(['unclear', 'created_at']));
    });

    it('is in doubt about two of which one may be older', async () => {
      listing([row('upper', { positions: [{ ...first, name: 'ТОВАР №1' }, second] }), row('literal')]);
      expect(await find(ahead)).toMatchObject({ kind: 'doubtful' });
    });

    it('reads on past rows that only look too old to be followed by ours', async () => {
      const others = Array.from({ length: 150 }, (_, index) =>
        row(`other-${index}`, { payment_id: `${index}` }),
      );
      const everybodys = [...others, row('ours')];
      server.behave((response, { target }) => {
        const query = new URL(target, server.origin).searchParams;
        const offset = Number(query.get('offset'));
        const data = query.has('payment_id') ? [] : everybodys.slice(offset, offset + 100);
        response.end(JSON.stringify({ data }));
      });
      expect(await find(ahead)).toEqual(foundPending('ours'));
    });
  });

  it.each([100, 7])('looks through all pages when one holds %i rows', async (most) => {
    const others = Array.from({ length: 150 }, (_, index) => row(`other-${index}`, { total: index }));
    listing([...others, row('ours')], most);
    expect(await find()).toEqual(foundPending('ours'));
  });

  it('reads on correctly while new receipts push rows down', async () => {
    const rows = Array.from({ length: 105 }, (_, index) => row(`other-${index}`, { total: index }));
    rows.push(row('ours'));
    let pushed = 0;
    server.behave((response, { target }) => {
      const offset = Number(new URL(target, server.origin).searchParams.get('offset'));
      response.end(JSON.stringify({ data: rows.slice(offset, offset + 100) }));
      rows.unshift(row(`new-${pushed++}`, { total: 1 }));
    });
    expect(await find()).toEqual(foundPending('ours'));
  });

  it('claims no absence when pages do not join', async () => {
    const rows = Array.from({ length: 150 }, (_, index) =>
      row(`other-${index}`, { payment_id: `${index + 1}` }),
    );
    server.behave((response, { target }) => {
      const page = Number(new URL(target, server.origin).searchParams.get('offset'));
      response.end(JSON.stringify({ data: rows.slice(page * 100, page * 100 + 100) }));
    });
    expect(await find()).toMatchObject({ kind: 'unknown' });
  });

  it.each([
    ['that could be it', { total: 1 }, doubtful(['seen', 'total'])],
    [
      'that is alike',
      { positions: [{ ...first, name: 'ТОВАР №1' }, second] },
      doubtful(['seen', 'positions.name']),
    ],
    ['that is older', { created_at: '10.03.2026 21:00:00' }, doubtful(['seen', 'created_at'])],
    ['that is it', {}, foundPending('seen')],
  ])(
    'does not forget a receipt %s when the rest of the list can not be read',
    async (_, changes, finding) => {
      server.behave((response, { target }) => {
        if (new URL(target, server.origin).searchParams.get('offset') === '0') {
          response.end(JSON.stringify({ data: [row('seen', changes), row('other', { payment_id: '1' })] }));
        } else {
          response.statusCode = 500;
          response.end('{}');
        }
      });
      expect(await find()).toEqual(finding);
    },
  );

  it('asks again for a page behind the first that is not answered', async () => {
    const rows = Array.from({ length: 30 }, (_, index) =>
      row(`other-${index}`, { payment_id: `${index + 1}`, created_at: '11.03.2026 02:20:00' }),
    );
    rows.push(row('ours'));
    let requested = 0;
    server.behave((response, { target }) => {
      const offset = Number(new URL(target, server.origin).searchParams.get('offset'));
      if (offset > 0 && ++requested < 3) response.socket?.destroy();
      else response.end(JSON.stringify({ data: rows.slice(offset, offset + 20) }));
    });
    expect(await find()).toEqual(foundPending('ours'));
  });

  it('gives up on a list without an end', async () => {
    let number = 0;
    server.behave((response) => {
      const other = { payment_id: '1' };
      const data = [row(`row-${number++}`, other), row(`row-${number}`, other)];
      response.end(JSON.stringify({ data }));
    });
    expect(await find()).toMatchObject({ kind: 'unknown', reason: { code: 'provider.too-large' } });
    expect(server.received).toHaveLength(250);
  });

  it.each([204, 301, 400, 401, 404, 500])('claims no absence after %i', async (status) => {
    server.behave(answering(status, status === 204 ? '' : { data: [] }));
    expect((await find()).kind).toBe('unknown');
  });

  it.each([
    { data: [], error: { code: 500, message: 'Replica lag.' } },
    { data: [], error: 'timeout' },
    { data: [], errors: ['timeout'] },
    { data: [], success: false },
  ])('claims no absence when an error stands beside the list: %j', async (answer) => {
    server.behave(answering(200, answer));
    expect(await find()).toMatchObject({ kind: 'unknown', reason: { code: 'provider.unreadable' } });
  });

  it.each([{ error: null }, { error: [] }, { errors: {}, success: true }])(
    'believes a list beside %j',
    async (rest) => {
      server.behave(answering(200, { data: [], ...rest }));
      expect(await find()).toEqual({ kind: 'absent' });
    },
  );

  it('claims no absence when a single row of the payment can not be read', async () => {
    listing([row('../odd')]);
    expect(await find()).toMatchObject({ kind: 'doubtful', reason: { code: 'provider.doubtful' } });
    listing([row('../odd', { payment_id: '1' })]);
    expect(await find()).toEqual({ kind: 'absent' });
  });

  it('claims no absence from a list that begins anew at every offset', async () => {
    const rows = Array.from({ length: 30 }, (_, index) =>
      row(`other-${index}`, { payment_id: String(index) }),
    );
    server.behave((response) => response.end(JSON.stringify({ data: rows.slice(0, 20) })));
    expect(await find()).toMatchObject({ kind: 'unknown', reason: { code: 'provider.unreadable' } });
  });

  it('finds its receipt in a list that ignores the filter and is longer than can be read', async () => {
    const others = (count: number, created_at: string) =>
      Array.from({ length: count }, (_, index) =>
        row(`${created_at}-${index}`.replaceAll(/\W/g, '-'), { payment_id: `${index + 1}`, created_at }),
      );
    const before = others(6_000, '11.03.2026 01:00:00');
    listing([...others(30, '11.03.2026 02:20:00'), row('ours'), ...before], 20);
    expect(await find()).toEqual(foundPending('ours'));
    expect(server.received).toHaveLength(2);
    listing(
      [
        ...others(30, '11.03.2026 02:20:00'),
        row('ours', { positions: [{ ...first, name: 'ТОВАР №1' }, second] }),
        ...before,
      ],
      20,
    );
    expect(await find()).toEqual(foundPending('ours'));
    expect(server.received).toHaveLength(2);
    listing([...others(30, '11.03.2026 02:20:00'), ...before], 20);
    expect(await find()).toEqual({ kind: 'absent' });
    expect(server.received).toHaveLength(250);
  });

  describe('with ids that are written in several ways', () => {
    /** Stores payments under a spelling of its own, and filters by that. */
    function filing(rows: readonly Record<string, unknown>[], spell: (id: string) => string) {
      server.behave((response, { target }) => {
        const query = new URL(target, server.origin).searchParams;
        const requested = query.get('payment_id');
        const data = rows
          .map((each) => ({ ...each, payment_id: spell(String(each.payment_id)) }))
          .filter(({ payment_id }) => requested === null || requested === payment_id)
          .slice(Number(query.get('offset')));
        response.end(JSON.stringify({ data }).replaceAll(/"payment_id":"(\d{17})"/g, '"payment_id":$1'));
      });
    }

    function findOf(payment_id: string, options: Partial<FindOptions> = {}) {
      const document = checkedReceipt({ payment_id });
      const identity = { reference: 'reference', businessTime: since };
      const frozen = provider.freeze({ operation: 'receipt', document }, identity);
      return provider.find(frozen, { since, boundDocumentIds: new Set(), ...options });
    }

    const spellings: [string, (id: string) => string][] = [
      ['as it came', (id) => id],
      ['as a number', (id) => String(BigInt(id))],
      ['filled up with zeros', (id) => id.padStart(20, '0')],
      ['with a blank', (id) => `${id} `],
    ];
    it.each(
      ['00123', '123', '90071992547409931'].flatMap((id) =>
        spellings.map(([how, spell]) => [id, how, spell] as const),
      ),
    )('finds the receipt of %s, filed %s', async (id, _, spell) => {
      filing([row('ours', { payment_id: id })], spell);
      expect(await findOf(id)).toEqual(foundPending('ours'));
      filing([row('other', { payment_id: '7' })], spell);
      expect(await findOf(id)).toEqual({ kind: 'absent' });
    });

    it.each([
      ['00123', '123'],
      ['123', '00123'],
    ])(
      'finds a receipt that is filed under %s although another of the payment is under %s',
      async (...filed) => {
        const [ours = '', bound = ''] = filed;
        filing([row('ours', { payment_id: ours }), row('bound', { payment_id: bound })], (id) => id);
        const options = { boundDocumentIds: new Set(['bound']) };
        expect(await findOf('00123', options)).toEqual(foundPending('ours'));
      },
    );

    it.each([
      ['a rejected one', { status: 'failed' }],
      ['one of another operation', { operation_type: 'sell_refund' }],
      ['an older one', { total: 1, created_at: '10.03.2026 12:00:00' }],
      ['one of another payment', { payment_id: '7' }],
    ])(
      'finds its receipt, filed where no filter finds it, beside %s that the filter finds',
      async (_, other) => {
        const rows = [row('ours', { payment_id: '000123' }), row('other', { payment_id: '123', ...other })];
        server.behave((response, { target }) => {
          const query = new URL(target, server.origin).searchParams;
          const data = rows.filter(({ receipt_id }) => receipt_id === 'other' || !query.has('payment_id'));
          response.end(JSON.stringify({ data: data.slice(Number(query.get('offset'))) }));
        });
        expect(await findOf('123')).toEqual(foundPending('ours'));
      },
    );

    it.each(['shop-764239789', '764239789-1', '76423978'])(
      'is in doubt about an equal receipt of %s that the filter brings',
      async (payment_id) => {
        const isOurs = (target: string) => target.includes('payment_id=764239789');
        const list = (
          rows: readonly Record<string, unknown>[],
          more: readonly Record<string, unknown>[] = [],
        ) =>
          server.behave((response, { target }) => {
            const data = isOurs(target) ? rows : [...rows, ...more];
            const offset = Number(new URL(target, server.origin).searchParams.get('offset'));
            response.end(JSON.stringify({ data: data.slice(offset) }));
          });
        list([row('unclear', { payment_id })], [row('stranger', { payment_id: '12345' })]);
        expect(await find()).toEqual(doubtful(['unclear', 'payment_id']));
        for (const changes of [{ total: 1 }, { status: 'failed' }, { created_at: '11.03.2026 01:57:00' }]) {
          list([row('other', { payment_id, ...changes })]);
          expect(await find()).toEqual({ kind: 'absent' });
        }
        list([row('other', { payment_id }), row('stranger', { payment_id: '12345' })]);
        expect(await find()).toEqual({ kind: 'absent' });
      },
    );

    it('is in doubt about an id whose digits were lost', async () => {
      filing([row('unclear', { payment_id: '90071992547409931' })], (id) => String(Number(id)));
      expect(await findOf('90071992547409931')).toEqual(doubtful(['unclear', 'payment_id']));
    });

    it('takes nothing that another spelling of ours has, or may have', async () => {
      const requested: string[] = [];
      const has = (documents: string[], open: boolean) => async (paymentId: string) => {
        requested.push(paymentId);
        const isIt = paymentId === '123';
        return { boundDocumentIds: new Set(isIt ? documents : []), open: isIt && open };
      };
      filing([row('unclear', { payment_id: '123' })], (id) => id);
      expect(await findOf('00123', { otherPayment: has(['unclear'], false) })).toEqual({ kind: 'absent' });
      expect(requested).toContain('0123');
      expect(await findOf('00123', { otherPayment: has([], true) })).toEqual(
        doubtful(['unclear', 'payment_id']),
      );
      expect(await findOf('00123', { otherPayment: has([], false) })).toEqual(foundPending('unclear'));
      filing([row('ours', { payment_id: '00123' })], (id) => id);
      expect(await findOf('00123', { otherPayment: has([], true) })).toEqual(foundPending('ours'));
    });
  });

  describe('by an id that is known', () => {
    const known = { providerDocumentId: 'known' };

    /** Answers the query by id, and lists. */
    function showing(shown: Record<string, unknown> | null, rows: readonly Record<string, unknown>[] = []) {
      server.behave((response, { target }) => {
        if (target.startsWith('/v5/receipts?')) return response.end(JSON.stringify({ data: rows }));
        response.statusCode = shown === null ? 404 : 200;
        return response.end(JSON.stringify(shown === null ? {} : { data: shown }));
      });
    }

    it('asks for that first, and believes what fits', async () => {
      showing(row('known', registeredFields));
      expect(await find(known)).toMatchObject({ kind: 'found', verdict: { kind: 'registered' } });
      expect(server.received).toHaveLength(1);
    });

    it('is in doubt, and keeps the id, when it contradicts or is not known any more', async () => {
      showing(row('known', { payment_id: '1' }));
      expect(await find(known)).toMatchObject({ kind: 'doubtful', ...known });
      showing(null);
      expect(await find(known)).toMatchObject({ kind: 'doubtful', ...known });
      showing(null, [row('ours')]);
      expect(await find(known)).toEqual(foundPending('ours'));
    });

    it('learns nothing from trouble', async () => {
      server.behave(answering(500, {}));
      expect(await find(known)).toMatchObject({ kind: 'unknown', reason: { code: 'provider.server-error' } });
      expect(server.received).toHaveLength(1);
    });
  });

  it('hands on when to come back', async () => {
    server.behave(answering(429, {}, { 'retry-after': '9' }));
    expect(await find()).toMatchObject({ kind: 'unknown', retryAfterMs: 9000 });
  });

  it('says unknown when the caller cancels', async () => {
    const finding = await find({ signal: AbortSignal.abort() });
    expect(finding).toMatchObject({ kind: 'unknown', reason: { code: 'provider.aborted' } });
  });
});
