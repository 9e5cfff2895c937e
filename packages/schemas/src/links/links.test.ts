import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faultyLinks } from '../examples/faulty-documents.js';
import { formatOffsetTime } from '../time/register-time.js';
import { parseReceiptLink, readReceiptLink } from './receipt-link.js';
import {
  formatRussianLink,
  formatRussianQr,
  parseRussianLink,
  type RussianReceiptLink,
} from './russian-link.js';
import { canonicalSoliqLink, formatSoliqLink, parseSoliqLink, type UzbekReceiptLink } from './soliq-link.js';

const digit = fc.constantFrom(...'0123456789');
const digits = (minLength: number, maxLength = minLength) => fc.string({ unit: digit, minLength, maxLength });

/** Draws numbers with and without leading zeros, often at the edges of 32 bits. */
const unsigned32 = fc
  .tuple(fc.integer({ min: 0, max: 0xffff_ffff }), fc.integer({ min: 1, max: 10 }))
  .map(([number, width]) => String(number).padStart(width, '0'));

const registeredAt = (offsetHours: number, stepMs: number) =>
  fc
    .date({
      min: new Date('2000-01-01T00:00:00Z'),
      max: new Date('2100-01-01T00:00:00Z'),
      noInvalidDate: true,
    })
    .map((date) => formatOffsetTime(new Date(Math.floor(date.getTime() / stepMs) * stepMs), offsetHours));

const uzbekLinks: fc.Arbitrary<UzbekReceiptLink> = fc.record({
  country: fc.constant('uz'),
  path: fc.constantFrom('check', 'epi'),
  mark: fc.record({
    country: fc.constant('uz'),
    terminal_id: digits(12).map((number) => `EP${number}`),
    receipt_number: digits(1, 16),
    fiscal_sign: digits(12),
    registered_at: registeredAt(5, 1_000),
  }),
});

const russianLinks: fc.Arbitrary<RussianReceiptLink> = fc.boolean().chain((with_seconds) =>
  fc.record({
    country: fc.constant('ru'),
    host: fc.constantFrom('consumer.1-ofd.ru', 'consumer.1-ofd-test.ru'),
    mark: fc.record({
      country: fc.constant('ru'),
      fiscal_storage_number: digits(16),
      fiscal_document_number: unsigned32,
      fiscal_attribute: unsigned32,
      registered_at: registeredAt(3, with_seconds ? 1_000 : 60_000),
    }),
    total: fc.oneof(
      digits(1, 8),
      fc.tuple(digits(1, 8), digits(1, 2)).map((parts) => parts.join('.')),
    ),
    calculation_sign: fc.integer({ min: 1, max: 4 }),
    with_seconds: fc.constant(with_seconds),
  }),
);

describe('Soliq links', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(uzbekLinks, (link) => {
        expect(parseSoliqLink(formatSoliqLink(link))).toEqual(link);
        expect(parseReceiptLink(formatSoliqLink(link))).toEqual(link);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    'https://ofd.soliq.uz/check?t=UZ170703100597&r=2421&c=20230104121801&s=514343190161',
    'https://ofd.soliq.uz/check?t=UZ170703100597&r=6013&c=20231201160732&s=025561534771',
    'https://ofd.soliq.uz/epi?t=EP000000000026&r=2215055284&c=20220222120100&s=113075569254',
  ])('%s is written as it was read', (text) => {
    expect(formatSoliqLink(parseSoliqLink(text))).toBe(text);
  });

  it('give a mark with its leading zeros and the time of Tashkent', () => {
    const text = 'https://ofd.soliq.uz/check?t=UZ170703100597&r=6013&c=20231201160732&s=025561534771';
    expect(parseSoliqLink(text).mark).toEqual({
      country: 'uz',
      terminal_id: 'UZ170703100597',
      receipt_number: '6013',
      fiscal_sign: '025561534771',
      registered_at: '2023-12-01T16:07:32+05:00',
    });
  });

  it('have one canonical spelling', () => {
    const text = 'https://ofd.soliq.uz/check?t=UZ170703100597&r=2421&c=20230104121801&s=514343190161';
    const other = 'HTTPS://OFD.SOLIQ.UZ/epi?s=514343190161&c=20230104121801&t=UZ170703100597&r=002421';
    expect(canonicalSoliqLink(other)).toBe(text);
    expect(canonicalSoliqLink(text)).toBe(text);
  });

  it('are written on the clock of Tashkent from a mark in any zone', () => {
    const link = parseSoliqLink(
      'https://ofd.soliq.uz/check?t=UZ170703100597&r=1&c=20230104021801&s=514343190161',
    );
    const registered_at = new Date(link.mark.registered_at).toISOString();
    expect(formatSoliqLink({ ...link, mark: { ...link.mark, registered_at } })).toBe(formatSoliqLink(link));
  });
});

describe('Russian links', () => {
  it('come back as they were, from the link and from the QR code', () => {
    fc.assert(
      fc.property(russianLinks, (link) => {
        expect(parseReceiptLink(formatRussianLink(link))).toEqual(link);
        expect(parseReceiptLink(formatRussianQr(link))).toEqual({ ...link, host: null });
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    't=20180518T220500&s=975.88&fn=8710000101125654&i=99456&fp=1250448795&n=1',
    't=20190503T0922&s=213.00&fn=9284000100000099&i=145000&fp=0000306862&n=1',
  ])('%s is written as it was read', (text) => {
    expect(formatRussianQr(parseRussianLink(text))).toBe(text);
  });

  it.each([
    'https://consumer.1-ofd.ru/v1?fn=9288000100014915&fp=3004144185&i=108&t=20180522T122800&s=4500.00&n=1',
    'https://consumer.1-ofd-test.ru/v1?fn=9999078900006369&fp=855240058&i=9322&t=20230328T142400&s=7&n=1',
  ])('%s is written as it was read', (text) => {
    expect(formatRussianLink(parseRussianLink(text))).toBe(text);
  });

  it('lead to the live host when they come from a QR code', () => {
    const link = parseRussianLink('t=20190503T0922&s=213.00&fn=9284000100000099&i=145000&fp=0000306862&n=1');
    expect(link.mark.fiscal_attribute).toBe('0000306862');
    expect(formatRussianLink(link)).toMatch(/^https:\/\/consumer\.1-ofd\.ru\/v1\?fn=/);
  });
});

describe('links of operators', () => {
  const numbers = {
    fiscal_storage_number: '9999078900006286',
    fiscal_document_number: '12',
    fiscal_attribute: '4135164163',
  };
  const full = 't=20260830T1842&s=1247.00&fn=9999078900006286&i=12&fp=4135164163&n=1';

  it.each([
    'https://consumer.1-ofd.ru/ticket',
    'https://consumer.1-ofd.ru/ticket/',
    'https://consumer.1-ofd.ru/v1/',
    'https://consumer.1-ofd-test.ru/ticket',
    'https://consumer.1-ofd-test.ru/v1',
  ])('%s has the parameters of the QR code', (page) => {
    const link = `${page}?${full}`;
    expect(parseReceiptLink(link)).toMatchObject({ country: 'ru', total: '1247.00', mark: numbers });
    expect(readReceiptLink(link)).toMatchObject({ link, operator: 'first-ofd', mark: numbers, flaw: null });
  });

  it.each([
    ['platforma-ofd', 'https://lk.platformaofd.ru/web/noauth/cheque?fn=9999078900006286&fp=4135164163&i=12'],
    [
      'platforma-ofd',
      'https://lk.platformaofd.ru/web/noauth/cheque/search?fp=4135164163&fn=9999078900006286&i=12',
    ],
    ['ofd-ru', 'https://check.ofd.ru/rec/9999078900006286/12/4135164163'],
    ['ofd-ru', 'https://check-demo.ofd.ru/rec/7743369591/0000000007015434/9999078900006286/12/4135164163'],
    ['e-ofd', 'https://e-ofd.ru/check?fn=9999078900006286&fp=4135164163&fd=12'],
    ['first-ofd', 'https://consumer.1-ofd.ru/ticket?fn=9999078900006286&i=12&fp=4135164163&n=1'],
    [null, 'https://receipts.example.com/show?fn=9999078900006286&i=12&fp=4135164163'],
  ])('of %s say three numbers and no time: %s', (operator, link) => {
    const flaw = expect.stringMatching(/^link\.(host|parameter)$/);
    expect(readReceiptLink(link)).toEqual({ link, operator, mark: null, numbers, flaw });
  });

  it.each([
    ['platforma-ofd', '1867101308', 'https://lk.platformaofd.ru/web/noauth/cheque?fn=x&fp=1867101308'],
    ['taxcom', '4135164163', 'https://receipt.taxcom.ru/v01/show?fp=4135164163&s=1247.00'],
    ['orange-data', null, 'https://cheques-lk.orangedata.ru/5544332219/4711'],
    ['ofd-ru', null, 'https://check.ofd.ru/rec/ccc333ddd444'],
    [null, null, 'https://ofd.example.ru/чек/1'],
    [null, '1', 'https://lk.platformaofd.ru:8443/web/noauth/cheque?fp=1'],
    [null, null, 'https://чеки.пример.рф/1'],
    [null, null, 'https://ofd.example.ru/#/receipts/1?fp=1'],
    ['platforma-ofd', '1', 'https://lk.platformaofd.ru/web/noauth/cheque?fp=1#top'],
    ['first-ofd', '4135164163', `https://consumer.1-ofd.ru/ticket?${full}#top`],
  ])('of %s are kept with what they say: %s', (operator, fiscal_attribute, link) => {
    expect(readReceiptLink(link)).toMatchObject({
      link,
      operator,
      mark: null,
      numbers: { fiscal_attribute },
    });
  });

  it('of the tax service and QR codes give their marks', () => {
    const soliq = 'https://ofd.soliq.uz/check?t=UZ170703100597&r=2421&c=20230104121801&s=514343190161';
    expect(readReceiptLink(soliq)).toMatchObject({ link: soliq, operator: 'soliq', mark: { country: 'uz' } });
    expect(readReceiptLink(full)).toMatchObject({ link: null, operator: null, mark: numbers, numbers });
  });

  it.each([
    ['link.format', 'receipt'],
    ['link.format', 'https://lk.platformaofd.ru/web/noauth/cheque?fn=1 2'],
    ['link.scheme', 'http://lk.platformaofd.ru/web/noauth/cheque?fn=1'],
    ['link.scheme', 'javascript://lk.platformaofd.ru/%0aalert(1)'],
    ['link.host', 'https://lk.platformaofd.ru@example.com/web'],
    ['link.host', 'https://localhost/web'],
    ['link.parameter', 't=20260830T1842'],
  ])('are links at all, or refused with %s: %s', (code, text) => {
    expect(() => readReceiptLink(text)).toThrow(expect.objectContaining({ code }));
  });
});

describe('the numbers of a Russian receipt', () => {
  const qr = (i: string, fp: string) => `t=20180518T220500&s=975.88&fn=8710000101125654&i=${i}&fp=${fp}&n=1`;

  it('have 32 bits', () => {
    expect(parseRussianLink(qr('4294967295', '4294967295')).mark.fiscal_attribute).toBe('4294967295');
    for (const text of [qr('1', '4294967296'), qr('4294967296', '1'), qr('1', '9999999999'), qr('1', '')]) {
      expect(() => parseRussianLink(text)).toThrow(expect.objectContaining({ code: 'link.parameter' }));
    }
  });
});

describe('texts that are no receipt links', () => {
  it.each(faultyLinks)('$text is refused with $code', ({ text, code }) => {
    expect(() => parseReceiptLink(text)).toThrow(expect.objectContaining({ code }));
  });

  it.each([
    [
      'the Russian reader',
      parseRussianLink,
      'https://ofd.soliq.uz/check?t=UZ170703100597&r=1&c=20230104121801&s=514343190161',
    ],
    [
      'the Uzbek reader',
      parseSoliqLink,
      'https://consumer.1-ofd.ru/v1?fn=9288000100014915&fp=1&i=1&t=20180522T1228&s=1&n=1',
    ],
  ])('%s refuses the other country', (_reader, parse, text) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'link.host' }));
  });

  it('take no long time to refuse', () => {
    const long = `https://ofd.soliq.uz/check?${'t=UZ170703100597&'.repeat(50_000)}`;
    expect(() => parseReceiptLink(long)).toThrow(expect.objectContaining({ code: 'link.parameter' }));
  });
});
