import { expect, it } from 'vitest';
import { providerWords } from './provider-words.js';

it.each([
  ['смена превысила 24 часа', 'смена превысила 24 часа'],
  ['Сумма 1234.50 не равна 100.00', 'Сумма 1234.50 не равна 100.00'],
  ['Смена открыта 29.03.2023 17:37:00', 'Смена открыта 29.03.2023 17:37:00'],
  ['Открыта 2023-03-29T17:37', 'Открыта 2023-03-29T17:37'],
  ['  two\n\tlines\u0000\u200b ', 'two lines'],
  ['The e-mail buyer@example.com is wrong', 'The e-mail *** is wrong'],
  ['"покупатель@пример.рф", нет', '*** нет'],
  ['Телефон +7 (900) 123-45-67 неверен', 'Телефон *** неверен'],
  ['phone 89001234567', 'phone ***'],
  ['phone +998 90 123 45 67.', 'phone ***.'],
  ['phone 8.900.123.45.67', 'phone ***'],
  ['phone 900\u2011123\u201345\u00a067', 'phone ***'],
  ['phone ٩٠٠١٢٣٤٥٦٧', 'phone ***'],
  ['phone 9001\u200b234567', 'phone ***'],
  ['ИНН 5544332219', 'ИНН ***'],
  ['card 4111 1111 1111 1111', 'card ***'],
  ['card 4111*1111*1111*1111', 'card ***'],
  ['card 4111:1111:1111:1111', 'card ***'],
  ['card 4111&nbsp;1111&nbsp;1111&#160;1111', 'card ***'],
  ['phone +7_916_123_45_67', 'phone ***'],
  ['phone ＋７９１６１２３４５６７', 'phone ***'],
  ['mail anna＠example.com, anna @ example.com', 'mail *** ***'],
  ['mail anna%40example.com anna&#64;example.com', 'mail *** ***'],
  ['mail anna (at) example.com is wrong', 'mail *** is wrong'],
  ['day 2023-03-29 9161234567', 'day 2023-03-29 ***'],
  ['no day 29.03.2023-1234567', 'no day ***'],
  ['Открыта 2023-03-29 17:37, 24 часа', 'Открыта 2023-03-29 17:37, 24 часа'],
  ['Wrong receipt: {"customer": {"full_name": "Анна"}}', 'Wrong receipt:'],
  ['<html><b>Анна</b>', null],
  ['Сумма < 0', 'Сумма < 0'],
  ['', null],
  [' \n ', null],
  [undefined, null],
])('of %j is shown %j', (text, expected) => {
  expect(providerWords(text)).toBe(expected);
});

it('are 300 characters at most, none of them half', () => {
  const words = providerWords('😀'.repeat(1_000)) ?? '';
  expect([...words]).toHaveLength(300);
  expect(words.isWellFormed()).toBe(true);
  expect(providerWords(`${'a'.repeat(295)} buyer@example.com`)).toBe(`${'a'.repeat(295)} ***`);
  expect(providerWords(`${'a '.repeat(1_495)}buyer@example.com`)).not.toContain('buyer');
});

it('of a text made to be slow are found at once', () => {
  const begunAt = process.cpuUsage();
  for (const part of ['1 ', '@a', '+', '1.,/', 'a@', 'a', 'a ', '&#1;', '1&nbsp;', '(at)'])
    providerWords(part.repeat(1_000_000));
  expect(process.cpuUsage(begunAt).user / 1000).toBeLessThan(1_000);
});
