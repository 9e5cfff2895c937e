import { describe, expect, it } from 'vitest';
import { agentTypes, measures } from '../enumerations/positions.js';
import { changed } from '../examples/faulty-receipts.js';
import {
  markedReceipt,
  measuredReceipt,
  russianReceipt,
  sharedReceipt,
  uzbekReceipt,
} from '../examples/receipts.js';
import { namesOf } from '../fields/choice-field.js';
import { checkReceipt } from './check-receipt.js';
import { registerCases } from './register-cases.fixture.js';

const now = new Date('2026-03-01T09:00:00Z');

function check(input: unknown) {
  const checked = checkReceipt(input, { now });
  const placesOf = (found: readonly { code: string; path: string }[]) =>
    found.map(({ code, path }) => [code, path]);
  return {
    faults: checked.ok ? [] : placesOf(checked.faults),
    warnings: placesOf(checked.warnings),
    checked,
  };
}

const tea = russianReceipt.positions[0];
const alone = { ...russianReceipt, settlements: [{ type: 'cashless', sum: 100 }] };
const withPosition = (members: object) => ({ ...alone, positions: [{ ...tea, ...members }] });
const soldWith = (measure: string, quantity: number, members: object = {}) => ({
  ...measuredReceipt,
  positions: [{ ...measuredReceipt.positions[0], measure, quantity, price: 100, ...members }],
  settlements: [{ type: 'cashless', sum: 100 * quantity }],
});
const withMark = (mark: object) => changed(markedReceipt, 'positions.0.mark_code_type', mark);

describe('what registers were seen to do', () => {
  it.each(registerCases)('$title', ({ input, faults = [], warnings = [] }) => {
    expect(check(input)).toMatchObject({ faults, warnings });
  });

  it('reads zeros behind the decimals as the same amounts', () => {
    const { checked } = check(registerCases.find(({ title }) => title.startsWith('zeros'))?.input);
    expect(checked).toMatchObject({
      receipt: { total: 103, positions: [{ price: 103, quantity: 1, sum: 103 }] },
    });
  });
});

describe('marked goods', () => {
  it.each(namesOf(measures).filter((measure) => measure !== 'piece'))(
    'are sold by %s in any quantity',
    (measure) => {
      for (const quantity of [0.5, 1, 2.75, 1000])
        expect(check(soldWith(measure, quantity)).faults).toEqual([]);
    },
  );

  it('are sold by the piece one at a time', () => {
    expect(check(soldWith('piece', 1)).faults).toEqual([]);
    for (const quantity of [0.5, 2]) {
      expect(check(soldWith('piece', quantity)).faults).toEqual([
        ['receipt.position.mark.quantity', '$.positions[0].quantity'],
      ]);
    }
  });

  it('are shared in pieces alone, and beside the quantity 1', () => {
    expect(check(sharedReceipt).faults).toEqual([]);
    const mark_quantity = { numerator: 1, denominator: 3 };
    expect(check(soldWith('piece', 2, { mark_quantity })).faults).toEqual([
      ['receipt.position.mark-quantity.quantity', '$.positions[0].quantity'],
    ]);
    expect(check(soldWith('kilogram', 2, { mark_quantity })).faults).toEqual([
      ['receipt.position.mark-quantity.measure', '$.positions[0].measure'],
    ]);
  });

  it.each([
    ['excise_marked', 'marked_excise'],
    ['marked_excise', 'marked_excise'],
    ['marked', 'marked'],
  ])('under the name %s come out as %s', (name, expected) => {
    const { checked } = check(soldWith('piece', 1, { payment_object: name }));
    expect(checked).toMatchObject({ ok: true, receipt: { positions: [{ payment_object: expected }] } });
  });

  it.each([
    ['excise_non_marked', 'non_marked_excise'],
    ['non_marked_excise', 'non_marked_excise'],
    ['non_marked', 'non_marked'],
  ])('without a code under the name %s come out as %s', (name, expected) => {
    const { checked } = check({ ...withPosition({ payment_object: name }), receipt_format: 'ru_1_2' });
    expect(checked).toMatchObject({ ok: true, receipt: { positions: [{ payment_object: expected }] } });
  });
});

const code = (separator: string) => `010460000000001521N4N57RTCBUZTQ${separator}91ffd0${separator}92aGVsbG8=`;

describe('mark codes', () => {
  it.each([
    ...[
      '&#x1D;',
      '&#x1d;',
      '&#X001D;',
      '&#29;',
      '&#029;',
      '&amp;#x1D;',
      '\\u001d',
      '\\u001D',
      '\\u{1d}',
      '\\\\u001d',
    ],
    ...[
      '\\x1d',
      '\\x1D',
      '\\035',
      '\\35',
      '\\GS',
      '<GS>',
      '<gs>',
      '{GS}',
      '[GS]',
      '(GS)',
      '<0x1D>',
      '{0x1d}',
      '[FNC1]',
    ],
    ...['chr(29)', '&GS;', 'FNC1', 'U+001D', '0x1D', '=1D', '<x1D>', '%5Cu001d', '%5Cx1D'],
    ...['<FNC1>', '%1D', '%1d', '%251D', '_x001D_', '^]', '\u241d', '\u2194', '<U+001D>', '{1D}'],
  ])('whose separator is written %s are refused under every name', (separator) => {
    for (const kind of ['gs_1m', 'mark_code_raw']) {
      expect(check(withMark({ [kind]: code(separator) })).faults).toEqual([
        ['receipt.position.mark.separator', `$.positions[0].mark_code_type.${kind}`],
      ]);
    }
    const labelled = changed(uzbekReceipt, 'positions.0.labels', ['first', code(separator)]);
    expect(check(labelled).faults).toEqual([['receipt.position.mark.separator', '$.positions[0].labels[1]']]);
  });

  it.each([
    '<GS>',
    '{GS}',
    '<FNC1>',
    'FNC1',
    '%1D',
    '^]',
    '\\x1d',
    '\\u001d',
    'u001d',
    '_x001D_',
    '\u241d',
    '&#29;',
  ])('that begin with a separator written %s are refused', (separator) => {
    for (const kind of ['gs_1m', 'mark_code_raw']) {
      expect(check(withMark({ [kind]: `${separator}${code('\u001d')}` })).faults).toEqual([
        ['receipt.position.mark.separator', `$.positions[0].mark_code_type.${kind}`],
      ]);
    }
  });

  it.each(['&quot;', '&amp;', '&lt;', '&gt;', '&apos;', '&#39;', '&#x27;', 'u001d93'])(
    'with the escape %s in them are refused',
    (escaped) => {
      const { faults } = check(withMark({ mark_code_raw: code('\u001d').replace('N4', `N${escaped}4`) }));
      expect(faults).toEqual([
        [expect.stringContaining('receipt.position.mark.'), '$.positions[0].mark_code_type.mark_code_raw'],
      ]);
    },
  );

  it.each([
    ['brackets', '(01)04600000000015(21)N4N57RTCBUZTQ'],
    ['square brackets', '[01]04600000000015[21]N4N57RTCBUZTQ'],
    ['blanks in the brackets', '( 01 )04600000000015( 21 )N4N57RTCBUZTQ'],
    ['brackets round the second identifier', '0104600000000015(21)N4N57RTCBUZTQ'],
    ['brackets behind a separator', '010460000000001521N4N57RTCBUZTQ\u001d(93)Aa0z'],
    ['brackets for separators', '010460000000001521N4N57RTCBUZTQ(91)ffd0(92)aGVsbG8='],
    ['signs of the scanner', ']d2010460000000001521N4N57RTCBUZTQ'],
    ['brackets behind the first separator', '\u001d(01)04600000000015(21)N4N57RTCBUZTQ(93)Aa0z'],
    ['brackets for separators behind the first', '\u001d010460000000001521N4N57RTCBUZTQ(91)ffd0(92)aGVsbG8='],
    ['signs of the scanner behind a separator', '\u001d]d2010460000000001521N4N57RTCBUZTQ'],
    ['Base64 of an escape', btoa(code('\\u001d'))],
    ['Base64 for addresses of an escape', btoa(code('&#x1D;?>~')).replaceAll('+', '-').replaceAll('/', '_')],
    ['Base64 of brackets', btoa('(01)04600000000015(21)N4N57RTCBUZTQ')],
    ['Base64 of signs of the scanner', btoa(']d2010460000000001521N4N57RTCBUZTQ')],
  ])('with %s are refused', (_what, gs_1m) => {
    expect(check(withMark({ gs_1m })).faults).toEqual([
      ['receipt.position.mark.separator', '$.positions[0].mark_code_type.gs_1m'],
    ]);
  });

  it('in Base64 have no letters of another alphabet either', () => {
    const gs_1m = Buffer.from(code('\u001d').replace('N4', '\u04104')).toString('base64');
    expect(check(withMark({ gs_1m })).faults).toEqual([
      ['receipt.position.mark.characters', '$.positions[0].mark_code_type.gs_1m'],
    ]);
  });

  it.each([
    ['a Cyrillic letter that looks like a Latin one', code('\u001d').replace('N4', '\u04104')],
    ['letters of another keyboard', code('\u001d').replace('RTCB', 'КЕСИ')],
    ['Greek', code('\u001d').replace('N4', '\u039d4')],
    ['full-width letters', code('\u001d').replace('N4', '\uff2e4')],
    ['an accent', code('\u001d').replace('N4', 'É4')],
    ['blanks for separators', code(' ')],
    ['blanks between the identifiers', '01 04600000000015 21 N4N57RTCBUZTQ 93 Aa0z'],
    ['blanks behind the first separator', `\u001d${code(' ')}`],
    ['a backslash behind the first separator', `\u001d${code('\u001d').replace('N4', '\\4')}`],
    ['no-break spaces for separators', code('\u00a0')],
    ['signs that GS1 has not', code('\u001d').replace('N4', '#4')],
    ['a backslash', code('\u001d').replace('N4', '\\4')],
    ['zero-width signs', code('\u001d').replace('N4', 'N\u200b4')],
  ])('with %s are refused', (_what, mark) => {
    for (const kind of ['gs_1m', 'mark_code_raw']) {
      expect(check(withMark({ [kind]: mark })).faults).toEqual([
        ['receipt.position.mark.characters', `$.positions[0].mark_code_type.${kind}`],
      ]);
    }
  });

  it.each<[string, object]>([
    ['with separators', { gs_1m: code('\u001d') }],
    ['that begin with a separator', { mark_code_raw: `\u001d${code('\u001d')}` }],
    ['in Base64', { gs_1m: btoa(code('\u001d')) }],
    ['of every sign of GS1', { gs_1m: `010460000000001521!"%&'()*+,-./:;<=>?_\u001d93Aa0z` }],
    ['with brackets in the serial number', { gs_1m: code('\u001d').replace('N4', '(91)') }],
    ['of tobacco', { short: '04600000000015EAlW+x4AC+8o2Wv' }],
    ['with a per cent sign that begins no escape', { gs_1m: '010460000000001521N%1DRTCBUZTQ\u001d93Aa0z' }],
    ['of another kind', { unknown: 'AB #12 \\x' }],
    ['of furs', { fur: 'RU-430302-ABC1234567' }],
    ['of alcohol', { egais_30: '12345678901234' }],
  ])('%s pass', (_what, mark) => {
    expect(check(withMark(mark)).faults).toEqual([]);
  });

  it('say how long they may be', () => {
    const lengths = {
      unknown: ['1–32'],
      ean_8: ['8'],
      gs_1m: ['200'],
      egais_20: ['23', '33'],
      egais_30: ['14'],
    };
    for (const [kind, limits] of Object.entries(lengths)) {
      const { checked } = check(withMark({ [kind]: '1'.repeat(300) }));
      for (const limit of limits)
        expect(checked).toMatchObject({ faults: [{ message: expect.stringContaining(limit) }] });
    }
  });
});

const supplier = { name: 'ООО Ромашка', phone: '+79000000000', inn: '7707083893' };

describe('agents', () => {
  it.each(namesOf(agentTypes))('of the kind %s name the supplier with its INN', (agent_type) => {
    expect(check(withPosition({ agent_type, supplier })).faults).toEqual([]);
    expect(
      check(withPosition({ agent_type, supplier: { ...supplier, inn: '000000000000' } })).faults,
    ).toEqual([]);
    for (const inn of [undefined, null, '']) {
      expect(check(withPosition({ agent_type, supplier: { ...supplier, inn } })).faults).toEqual([
        ['receipt.position.supplier.inn.missing', '$.positions[0].supplier.inn'],
      ]);
    }
    for (const nobody of [undefined, null, '']) {
      expect(check(withPosition({ agent_type, supplier: nobody })).faults).toEqual([
        ['receipt.position.supplier.missing', '$.positions[0].supplier'],
      ]);
    }
  });

  it('are named where a supplier is', () => {
    for (const some of [
      supplier,
      { inn: supplier.inn },
      { name: 'x' },
      { phone: supplier.phone, inn: null },
    ]) {
      expect(check(withPosition({ supplier: some })).faults).toEqual([
        ['receipt.position.agent.missing', '$.positions[0].agent_type'],
      ]);
    }
    for (const none of [{}, { name: null, phone: '', inn: null }]) {
      expect(check(withPosition({ supplier: none })).faults).toEqual([]);
    }
  });

  it('whose INN or kind can not be read are not called absent', () => {
    expect(
      check(withPosition({ agent_type: 'attorney', supplier: { ...supplier, inn: '1' } })).faults,
    ).toEqual([['receipt.position.supplier.inn', '$.positions[0].supplier.inn']]);
    expect(check(withPosition({ agent_type: 'broker', supplier })).faults).toEqual([
      ['field.value', '$.positions[0].agent_type'],
    ]);
  });
});

describe('money taken before delivery', () => {
  const rates = { vat_5: 'vat_105', vat_7: 'vat_107', vat_10: 'vat_110', vat_22: 'vat_122' };

  it.each(['full_prepayment', 'partial_prepayment', 'advance'])(
    'as %s has the calculated rate',
    (payment_method) => {
      for (const [plain, calculated] of Object.entries(rates)) {
        const { checked } = check(withPosition({ payment_method, vat_code: plain }));
        const [warning] = checked.warnings;
        expect(warning).toMatchObject({ code: 'receipt.vat.prepayment', path: '$.positions[0].vat_code' });
        expect(warning?.message).toContain(calculated);
        expect(check(withPosition({ payment_method, vat_code: calculated })).warnings).toEqual([]);
      }
      for (const vat_code of ['none', 'vat_0']) {
        expect(check(withPosition({ payment_method, vat_code })).warnings).toEqual([]);
      }
      const refund = { ...withPosition({ payment_method }), operation_type: 'sell_refund' };
      expect(check(refund).warnings).toEqual([]);
      const uzbek = changed(uzbekReceipt, 'positions.0.payment_method', payment_method);
      expect(check(uzbek).warnings).toEqual([]);
    },
  );

  it.each(['full_payment', 'partial_payment', 'credit', 'credit_payment'])('is not %s', (payment_method) => {
    expect(check(withPosition({ payment_method })).warnings).toEqual([]);
  });
});

describe('texts on the receipt', () => {
  const unseen = [
    '\u200b',
    '\u200b\u200c\u200d',
    '\u2060',
    '\u00ad',
    '\u2800',
    '\u3164',
    '\u115f',
    '\uffa0',
    '\u034f',
    '\u180e',
  ];

  const signless = [
    '\u0301',
    '\u0483',
    '\ue000',
    '\u0378',
    '\uffff',
    '\ufffc',
    '\u{1d159}',
    '\u{16fe4}',
    '\ud800',
  ];

  it.each([...unseen, ...signless, '\u202e', '\ufe0f', '\u{e0001}', '\u200e \u200f', '\u200b \u2800'])(
    'that nobody sees are refused (%j)',
    (name) => {
      expect(check(withPosition({ name })).faults).toEqual([['text.unseen', '$.positions[0].name']]);
      expect(check(changed(alone, 'customer.full_name', name)).faults).toContainEqual([
        'text.unseen',
        '$.customer.full_name',
      ]);
    },
  );

  it.each(['Ў', '№', '5', '—', '🍵', '茶', 'é', 'e\u0301', '☕\ufe0f', '\ufffd', '₽'])(
    'that are seen pass (%s)',
    (name) => {
      expect(check(withPosition({ name })).faults).toEqual([]);
    },
  );

  it('that nobody sees, or that steer printers, are refused in the details of a receipt, too', () => {
    const industry = { federal_id: '030', document_date: '2026-01-01', document_number: '1', value: 'a' };
    const operating = { operation_id: 0, value: 'a', created_at: '2026-01-01T00:00:00Z' };
    for (const [text, code] of [
      ['\u200b', 'text.unseen'],
      ['a\u001b@', 'text.control'],
    ]) {
      const marked = { ...withPosition({}), receipt_format: 'ru_1_2' };
      for (const name of ['document_number', 'value']) {
        const details = { ...marked, receipt_industry_details: [{ ...industry, [name]: text }] };
        expect(check(details).faults).toEqual([[code, `$.receipt_industry_details[0].${name}`]]);
      }
      const detailed = { ...marked, receipt_operating_details: { ...operating, value: text } };
      expect(check(detailed).faults).toEqual([[code, '$.receipt_operating_details.value']]);
    }
  });

  it.each(['\u00a0', ' ', '\u3000', '\ufeff', '\t\n', '\u2003'])('of blanks alone are empty (%j)', (name) => {
    expect(check(withPosition({ name })).faults).toEqual([
      ['receipt.position.name.length', '$.positions[0].name'],
    ]);
  });

  it.each(['Чай\u001b@', 'Tea\u0000x', 'Tea\u0007', 'Tea\u007f', 'Tea\u009b1m', 'Tea\fx', 'Tea\u0008'])(
    'with control characters are refused (%j)',
    (name) => {
      expect(check(withPosition({ name })).faults).toEqual([['text.control', '$.positions[0].name']]);
    },
  );

  it.each([
    ['Чай\nзелёный', 'Чай зелёный'],
    ['Tea\r\ngreen\t1', 'Tea  green 1'],
    ['Tea\u2028green\u20291', 'Tea green 1'],
    ['Торт «Прага» — 1 кг', 'Торт «Прага» — 1 кг'],
    ['Choy (ko‘k)', 'Choy (ko‘k)'],
    ['😀', '😀'],
    ['茶', '茶'],
    ['ما\u200cء', 'ما\u200cء'],
    ['1\u00a0kg', '1\u00a0kg'],
  ])('%j comes out as %j', (name, expected) => {
    expect(check(withPosition({ name })).checked).toMatchObject({
      receipt: { positions: [{ name: expected }] },
    });
  });
});
