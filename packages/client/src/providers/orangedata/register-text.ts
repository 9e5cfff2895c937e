import { refuse } from './refuse.js';
import type { OrangedataSettings } from './settings.js';

/** Characters of code page 866, in which OrangeData keeps texts; it drops all others without a word. */
const cp866 = new Set(
  new TextDecoder('ibm866').decode(Uint8Array.from({ length: 224 }, (_, index) => index + 32)),
);

/** Characters that the code page lacks, and what registers print for them. */
const likenesses: Readonly<Record<string, string>> = {
  ...each('«»“”„‟″', '"'),
  ...each('‘’‚‛ʻʼʹ′`´', "'"),
  ...each('‐‑‒–—―−', '-'),
  ...each('\u00a0\u2002\u2003\u2007\u2008\u2009\u200a\u202f', ' '),
  '…': '...',
  '•': '*',
  '×': 'x',
  '₽': 'руб.',
};

function each(characters: string, likeness: string): Record<string, string> {
  return Object.fromEntries([...characters].map((character) => [character, likeness]));
}

/** Whether a text has only characters of code page 866. */
export function isRegisterText(text: string): boolean {
  return [...text].every((character) => cp866.has(character));
}

/** Place of a text, and what becomes of what can't be printed. */
export interface TextPlace {
  readonly path: string;
  /** Most characters. */
  readonly longest: number;
  readonly characters: OrangedataSettings['characters'];
}

/**
 * Returns a text in the characters of code page 866. Refuses one that has others, unless they are to be replaced,
 * and one that is too long.
 */
export function registerText(text: string, { path, longest, characters = 'refuse' }: TextPlace): string {
  const written = [...text.normalize('NFC')].map((character) => {
    const likeness = likenesses[character];
    if (likeness !== undefined) return likeness;
    if (cp866.has(character)) return character;
    return characters === 'replace'
      ? '?'
      : refuse(path, 'OrangeData drops characters that code page 866 lacks, and this text has some.');
  });
  const kept = written.join('');
  return kept.length <= longest ? kept : refuse(path, `OrangeData takes at most ${longest} characters here.`);
}
