import { describe, expect, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import { changed } from '../examples/faulty-receipts.js';
import { fullyWrittenReceipt, markedReceipt, russianReceipt, uzbekReceipt } from '../examples/receipts.js';
import { type ReceiptInput, receiptSchema } from '../receipt/receipt-schema.js';
import { checkReceipt } from '../validation/check-receipt.js';

const now = new Date('2026-03-01T09:00:00Z');
const company = { inn: '5544332219', tax_system: 'osn', payment_address: 'shop.ru' } as const;

/**
 * Returns the members that are optional, or required, as the published schema names them: `positions.0.sum`.
 */
function members(format: string, isRequired: boolean): string[] {
  const { oneOf } = z.toJSONSchema(receiptSchema, { io: 'input', reused: 'inline' });
  const schema = oneOf?.find((option) => Object(Object(option).properties?.receipt_format).const === format);
  return membersOf(Object(schema), isRequired);
}

interface Node {
  readonly properties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
  readonly items?: Node;
}

function membersOf({ properties = {}, required = [], items }: Node, isRequired: boolean): string[] {
  if (items) return membersOf(items, isRequired).map((path) => `0.${path}`);
  return Object.entries(properties).flatMap(([name, field]) => [
    ...(required.includes(name) === isRequired ? [name] : []),
    ...membersOf(field, isRequired).map((path) => `${name}.${path}`),
  ]);
}

/** Receipt with a value in every place, so that each member has an object to stand in. */
const full = {
  ru_1_05: {
    ...russianReceipt,
    company,
    additional_user_props: { name: 'order', value: '17' },
    positions: [{ ...russianReceipt.positions[0], ...agentOf(markedReceipt) }, russianReceipt.positions[1]],
  },
  ru_1_2: { ...markedReceipt, company },
  uz_1_0: {
    ...uzbekReceipt,
    customer: { phone: '998901234567' },
    additional_user_props: { name: 'order', value: '17' },
  },
};

function agentOf({ positions }: typeof markedReceipt) {
  return positions.map(({ agent_type, supplier }) => ({ agent_type, supplier }))[0];
}

function without(document: object, path: string): unknown {
  return changed(document, path, undefined);
}

const optional = Object.entries(full).flatMap(([format, receipt]) =>
  members(format, false).map((path) => ({ format, path, receipt })),
);
const required = Object.entries(full).flatMap(([format, receipt]) =>
  members(format, true)
    .filter((path) => !path.includes('mark_quantity') && path !== 'receipt_format')
    .map((path) => ({ format, path, receipt })),
);

describe('members that may be left out', () => {
  it.each(optional)('$path in $format may be null or an empty text', ({ receipt, path }) => {
    const left = checkReceipt(without(receipt, path), { now });
    for (const nothing of [null, '']) {
      const checked = checkReceipt(changed(receipt, path, nothing), { now });
      expect(JSON.stringify(checked)).toBe(JSON.stringify(left));
      expect(checked).toStrictEqual(left);
      expect(receiptSchema.safeParse(changed(receipt, path, nothing)).data).toEqual(
        receiptSchema.safeParse(without(receipt, path)).data,
      );
    }
  });

  it.each([
    { format: 'ru_1_05', path: 'positions.0.supplier', members: ['name', 'phone', 'inn'] },
    { format: 'ru_1_05', path: 'customer', members: ['email', 'phone'] },
    { format: 'ru_1_2', path: 'positions.0.mark_code_type', members: ['gs_1m', 'unknown', 'ean_8'] },
    { format: 'uz_1_0', path: 'customer', members: ['email', 'phone', 'inn'] },
    { format: 'uz_1_0', path: 'positions.0.commission_info', members: ['tin', 'pinfl'] },
  ] as const)('$path in $format is absent when each of its members is', ({ format, path, members }) => {
    const receipt = full[format];
    const left = checkReceipt(without(receipt, path), { now });
    for (const nothing of [null, '']) {
      const empty = Object.fromEntries(members.map((name) => [name, nothing]));
      expect(checkReceipt(changed(receipt, path, empty), { now })).toStrictEqual(left);
    }
    expect(checkReceipt(changed(receipt, path, {}), { now })).toStrictEqual(left);
  });

  it.each(required)('$path in $format is not one of them', ({ receipt, path }) => {
    const place = `$.${path}`.replaceAll(/\.(\d+)/g, '[$1]');
    for (const nothing of [null, '']) {
      const { ok, ...checked } = checkReceipt(changed(receipt, path, nothing), { now });
      expect([ok, 'faults' in checked && checked.faults.some((fault) => fault.path === place)]).toEqual([
        false,
        true,
      ]);
    }
  });

  it('include the merchant, where it is known who sends the receipt', () => {
    const options = { now, merchantId: '542088' };
    const left = checkReceipt(without(russianReceipt, 'merchant_id'), options);
    expect(left.ok).toBe(true);
    for (const nothing of [null, '']) {
      expect(checkReceipt(changed(russianReceipt, 'merchant_id', nothing), options)).toStrictEqual(left);
    }
  });

  it('are all there in a receipt that a serializer wrote', () => {
    const written = checkReceipt(fullyWrittenReceipt, { now, company });
    expect(written).toStrictEqual(
      checkReceipt(
        {
          ...russianReceipt,
          positions: [{ ...russianReceipt.positions[0], price: 100 }],
        },
        { now, company },
      ),
    );
    expect(written).toMatchObject({ ok: true, receipt: { company, receipt_method: 'separately' } });
  });

  it('leave the document of the caller as it was', () => {
    const input = structuredClone(fullyWrittenReceipt);
    checkReceipt(input, { now });
    expect(input).toEqual(fullyWrittenReceipt);
  });

  it.each([
    ['discount', null, 'field.unknown'],
    ['positions.0.colour', '', 'field.unknown'],
    ['positions.0.measure', 0, 'field.value'],
    ['positions.0.sum', false, 'field.type'],
    ['customer.phone', ' ', 'receipt.customer.phone'],
  ])('%s: %j is no such thing', (path, value, code) => {
    const checked = checkReceipt(changed(russianReceipt, path, value), { now });
    expect(checked.ok ? [] : checked.faults.map((fault) => fault.code)).toEqual([code]);
  });

  it('are typed as what may be left out', () => {
    const receipt: ReceiptInput = {
      receipt_format: 'ru_1_05',
      merchant_id: 542088,
      payment_id: '1',
      operation_type: 'sell',
      customer: { email: 'buyer@example.com', phone: null, inn: '' },
      positions: [
        {
          name: 'Tea',
          price: '1',
          quantity: 1,
          vat_code: 'none',
          payment_method: 'advance',
          payment_object: 'goods',
          supplier: null,
        },
      ],
      settlements: [{ type: 'cash', sum: 1 }],
      company: '',
      total: null,
    };
    expect(checkReceipt(receipt, { now }).ok).toBe(true);
    expectTypeOf<null>().not.toExtend<ReceiptInput['payment_id']>();
    expectTypeOf<null>().not.toExtend<ReceiptInput['positions'][number]['price']>();
  });
});

describe('the company of a receipt', () => {
  const options = { now, company };
  const companyOf = (written: unknown) => {
    const checked = checkReceipt({ ...russianReceipt, company: written }, options);
    return checked.ok ? checked.receipt.company : checked.faults.map(({ code, path }) => [code, path]);
  };

  it.each<[string, unknown, unknown]>([
    ['nothing', undefined, company],
    ['null', null, company],
    ['an empty text', '', company],
    ['no member', {}, company],
    ['the INN alone', { inn: company.inn }, company],
    ['the INN with blanks around it', { inn: ` ${company.inn} ` }, company],
    [
      'the INN and empty members',
      { inn: company.inn, tax_system: null, payment_address: '', email: null },
      company,
    ],
    ['its own tax system', { inn: company.inn, tax_system: 'patent' }, { ...company, tax_system: 'patent' }],
    ['an e-mail and no INN', { email: 'a@shop.ru' }, { ...company, email: 'a@shop.ru' }],
    [
      'an e-mail and no INN to speak of',
      { inn: null, email: 'a@shop.ru' },
      { ...company, email: 'a@shop.ru' },
    ],
    ['another INN', { inn: '7709364346' }, { inn: '7709364346' }],
    ['another INN and empty members', { inn: '7709364346', tax_system: '' }, { inn: '7709364346' }],
    ['a wrong INN', { inn: '5544332218' }, [['receipt.company.inn', '$.company.inn']]],
    ['a number for the INN', { inn: 5544332219 }, [['field.type', '$.company.inn']]],
    ['a text', 'shop', [['field.type', '$.company']]],
  ])('that says %s is filled in by member', (_what, written, expected) => {
    expect(companyOf(written)).toEqual(expected);
  });

  it('is not filled in from another country', () => {
    const checked = checkReceipt({ ...uzbekReceipt, company: { inn: '123456789' } }, options);
    expect(checked).toMatchObject({ ok: true, receipt: { company: { inn: '123456789' } } });
  });
});
