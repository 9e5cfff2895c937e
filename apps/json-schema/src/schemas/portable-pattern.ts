/** What engines of regular expressions read alike: a character, an escaped sign, a group, `[\s\S]` for any character. */
const piece = /\\([\s\S])|\[\\s\\S\]|\[\^?|\]|\(\?:|\(\?|[\s\S]/gu;

const sameEverywhere = /^[\\.?+*()[\]{}|^$tnr-]$/;

/**
 * Rewrites a pattern of JavaScript into one that JavaScript, Python, PCRE, Go and Ruby read alike: `\d`, which is any Unicode
 * digit to some, is spelt out. Throws for what has no such form: `\w`, `\s`, `\p`, `\b`, look-around, names, back-references.
 */
export function portablePattern(source: string): string {
  let isInClass = false;
  return source.replace(piece, (text, escaped: string | undefined, offset: number) => {
    if (escaped !== undefined)
      return portableEscape(escaped, isInClass, source.slice(offset + 2, offset + 4));
    if (text === '(?' && !isInClass)
      throw new Error(`The pattern ${source} has a group that not every engine knows.`);
    if (text === '[' || text === '[^') isInClass = true;
    if (text === ']') isInClass = false;
    return text;
  });
}

function portableEscape(escaped: string, isInClass: boolean, following: string): string {
  if (escaped === 'd') return isInClass ? '0-9' : '[0-9]';
  if (escaped === '/') return '/';
  if (sameEverywhere.test(escaped)) return `\\${escaped}`;
  if (escaped === 'x' && /^[0-7][0-9a-f]$/.test(following)) return '\\x';
  throw new Error(`Not every engine reads \\${escaped} alike.`);
}
