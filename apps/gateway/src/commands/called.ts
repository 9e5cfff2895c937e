const plainWord = /^-{0,2}[A-Za-z][\w-]{0,31}$/;

/** What a word of the command line is, with the word where it is a plain one: another could be an address with its password. */
export function called(what: string, word: string): string {
  return plainWord.test(word) ? `${what} ${JSON.stringify(word)}` : what;
}
