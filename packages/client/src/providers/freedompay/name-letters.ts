import { decodeEntities } from './decode-entities.js';

/** Letter or digit of a name, folded. */
export interface NameLetter {
  readonly letter: string;
  /** Whether a register may leave it out, because its character set (CP866) lacks it. */
  readonly optional: boolean;
}

/** Letters and digits of CP866; everything else may become a question mark, a blank or nothing. */
const kept = /^[\dA-Za-zА-Яа-яЁёЄєЇїЎў]$/;

const letterOrDigit = /^[\p{L}\p{N}]$/u;

/** Similar letters, or letters written for one another, become one: Latin ones Cyrillic. */
const alike: Readonly<Record<string, string>> = {
  a: 'а',
  b: 'в',
  c: 'с',
  e: 'е',
  h: 'н',
  i: 'і',
  k: 'к',
  m: 'м',
  o: 'о',
  p: 'р',
  t: 'т',
  x: 'х',
  y: 'у',
  қ: 'к',
  ғ: 'г',
  ґ: 'г',
  ҳ: 'х',
  һ: 'х',
  ң: 'н',
  ө: 'о',
  ү: 'у',
  ұ: 'у',
  ә: 'а',
};

/**
 * Returns the letters and digits of a name as a register's software may keep them: without HTML, case, marks
 * above letters (ё is е), blanks and signs.
 */
export function lettersOf(name: string): NameLetter[] {
  return Array.from(decodeEntities(name).normalize('NFC')).flatMap((character) => {
    const optional = !kept.test(character);
    return foldedLetters(character).map((letter) => ({ letter, optional }));
  });
}

/** Returns the letters of a shown character; none of a sign, whatever letters it can be written with. */
export function shownLetters(character: string): string[] {
  return letterOrDigit.test(character) ? foldedLetters(character) : [];
}

function foldedLetters(character: string): string[] {
  // Upper case first: it turns ß into two letters, and the dotless ı into an ordinary one.
  const plain = character.normalize('NFKD').toUpperCase().toLowerCase();
  return Array.from(plain)
    .filter((each) => letterOrDigit.test(each))
    .map((each) => alike[each] ?? each);
}
