import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isNameOf } from './match-name.js';

const words = [
  'Торт «Прага» — 1 кг',
  'Чай "Ёлка" & мёд',
  'Доставка до двери 🚚 (100 ₽)',
  'Oʻzbek choyi №1',
  'Қўй гўшти, ½ кг',
  'Кофе 250 г × 2',
  "L'Oréal Paris™ шампунь",
  'Молоко 3,2 %',
  'Straße ısıtıcı',
];

const signs = {
  '&': '&amp;',
  '"': '&quot;',
  '<': '&lt;',
  '>': '&gt;',
  "'": '&#39;',
  '«': '&laquo;',
  '»': '&raquo;',
};

/** Characters of CP866, as far as these names need them. */
const inCp866 = /[\x20-\x7eА-Яа-яЁёЎў№]/;
const replaced = (by: string) => (name: string) =>
  Array.from(name, (sign) => (inCp866.test(sign) ? sign : by)).join('');
const escaped = (name: string) => name.replaceAll(/[&"<>'«»]/g, (sign) => signs[sign as keyof typeof signs]);
const numbered = (radix: 10 | 16) => (name: string) =>
  Array.from(name, (sign) => `&#${radix === 16 ? 'x' : ''}${sign.codePointAt(0)?.toString(radix)};`).join('');

/** Rewritings of names by the software of registers and providers. */
const rewritings: Readonly<Record<string, (name: string) => string>> = {
  'writes "?" for what CP866 lacks': replaced('?'),
  'writes a blank for what CP866 lacks': replaced(' '),
  'leaves out what CP866 lacks': replaced(''),
  'writes е for ё': (name) => name.replaceAll('ё', 'е').replaceAll('Ё', 'Е'),
  'writes capitals': (name) => name.toUpperCase(),
  'writes small letters': (name) => name.toLowerCase(),
  'escapes HTML': escaped,
  'escapes HTML twice': (name) => escaped(escaped(name)),
  'writes decimal entities': numbered(10),
  'writes hexadecimal entities': numbered(16),
  'straightens quotes': (name) => name.replaceAll(/[«»“”]/g, '"'),
  'doubles blanks': (name) => ` ${name.replaceAll(' ', '  ')} `,
  'leaves out signs': (name) => name.replaceAll(/(?<!\p{N})[^\p{L}\p{N} ]/gu, ''),
  'cuts the end off': (name) => name.slice(0, 12),
  'cuts the end off, with dots': (name) => `${name.slice(0, 14)}…`,
  'writes letters that look alike': (name) =>
    name.replaceAll(/[аеорсхКМТ]/g, (letter) => 'aeopcxKMT'['аеорсхКМТ'.indexOf(letter)] ?? letter),
};

const rewriting = fc.constantFrom(...Object.keys(rewritings));

describe('isNameOf', () => {
  it.each(words)('knows %s again, whatever one rewriting does', (name) => {
    for (const [what, rewrite] of Object.entries(rewritings)) {
      expect(isNameOf(name, rewrite(name)), `${what}: ${rewrite(name)}`).toBe(true);
    }
  });

  it('knows a name again that went through several', () => {
    fc.assert(
      fc.property(fc.constantFrom(...words), fc.uniqueArray(rewriting, { maxLength: 3 }), (name, chosen) => {
        // A numbered name has no more signs to rewrite, and is longer than any cut; HTML is written last.
        const steps = chosen
          .filter((what) => !what.startsWith('cuts') && !what.includes('entities'))
          .toSorted((one, other) => Number(one.startsWith('escapes')) - Number(other.startsWith('escapes')));
        const shown = steps.reduce((text, what) => rewritings[what]?.(text) ?? text, name);
        expect(isNameOf(name, shown), shown).toBe(true);
      }),
    );
  });

  it('knows any name again that lost what CP866 lacks', () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 });
    const by = fc.constantFrom('?', ' ', '');
    fc.assert(
      fc.property(name, by, (text, sign) => {
        expect(isNameOf(text, replaced(sign)(text))).toBe(true);
      }),
    );
  });

  it('tells names of other letters apart', () => {
    const letter = fc.constantFrom(...'абвгджзлнпстуфхцчшщ'.split(''));
    const word = fc.array(letter, { minLength: 4, maxLength: 12 }).map((letters) => letters.join(''));
    fc.assert(
      fc.property(word, word, (one, other) => {
        fc.pre(!one.startsWith(other) && !other.startsWith(one));
        expect(isNameOf(one, other)).toBe(false);
        expect(isNameOf(one, other.toUpperCase())).toBe(false);
      }),
    );
  });

  it.each([
    ['Товар №1', 'Товар №2'],
    ['Чай', 'Кофе'],
    ['Чай чёрный', 'Ч'],
    ['Кофе', '???'],
    ['ქართული ჩაი', 'Чай'],
    ['Размер 42', 'Размер 43'],
    ['Чай', 'Чай зелёный, 1 пачка'],
    ['Кабель 5м', 'Кабель 5м белый'],
    ['Билет 1', 'Билет 10'],
    ['Билет 10', 'Билет 1'],
    ['Билет 10', 'Билет 1…'],
    ['Вода 1.5 л', 'Вода 15 л'],
    ['Вода 15 л', 'Вода 1.5 л'],
    ['Вода 1.5 л', 'Вода 1-5 л'],
    ['Вода 1.5 л', 'Вода 1 5 л'],
    ['Молоко 3,2 %', 'Молоко 3,'],
    ['Молоко 3,2 %', 'Молоко 3'],
    ['Линза -2.5', 'Линза +2.5'],
    ['Линза -2.5', 'Линза 2.5'],
    ['Билет 1000', 'Билет 1 000'],
    ['Ёж', '???'],
    ['Ёж', '??'],
    ['🍵', '🍰'],
    ['茶', '🍵'],
    ['Чай', 'Чай 🍰'],
  ])('does not take for %s: %s', (ours, shown) => {
    expect(isNameOf(ours, shown)).toBe(false);
  });

  it.each([
    ['Tom & Jerry', 'TOM &AMP; JERRY'],
    ['AT&T', 'at&amp;t'],
    ['AT&T', 'at&t'],
    ['Чай "Ёлка"', 'Чай &quo'],
    ['Чай', '&CHcy;&acy;&jcy;'],
    ['ქართული', '???????'],
    ['« »', '? ?'],
    ['Доска 10×20', 'Доска 10?20'],
    ['Доска 10 × 20 см', 'Доска 10   20'],
    ['Доска 10×20 см', 'ДОСКА 1020 СМ'],
    ['Брус №1-2 «Ель»', 'БРУС ?1-2 "ЕЛЬ"'],
    ['Молоко 3,2 %, 1 л', 'Молоко 3,2 % ~'],
    ['Вода 1.5 л газированная', 'Вода 1.5 л газ'],
    ['Срок 10–12', 'Срок 10-12'],
    ['Арт.5 стол', 'арт 5 стол'],
    ['Чай 🍵', 'ЧАЙ &#127861;'],
    ['Чай 🍵', 'Чай ?'],
  ])('takes for %s: %s', (ours, shown) => {
    expect(isNameOf(ours, shown)).toBe(true);
  });

  it('is quick, whatever is shown', () => {
    const begun = process.cpuUsage();
    isNameOf('?ა'.repeat(500), '?'.repeat(5_000));
    isNameOf('а'.repeat(1_000), '&'.repeat(50_000));
    isNameOf('&amp;'.repeat(1_000), '&amp;'.repeat(50_000));
    expect(process.cpuUsage(begun).user / 1000).toBeLessThan(2_000);
  });
});
