/** What of a provider's words is kept at most. */
const mostCharacters = 300;

const mask = '***';

/** Characters that nobody sees, or that no store takes; a line's end is a blank. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu;

const mailAddress = /[^\s@]+@[^\s@]+/gu;

/** Seven digits or more, with what people write between those of a telephone number. */
const digits = /\+?\p{Nd}(?:[\s().,/\p{Pd}]{0,3}\p{Nd}){6,}/gu;

/** A day, and an hour that begins behind it. */
const day = /^(?:\d{2}\.\d{2}\.\d{4}|\d{4}-\d{2}-\d{2})(?:\s\d{1,2})?$/;

/**
 * A provider's own words of a refusal, as the caller and administrators may see them: one line, at most 300 characters, e-mail addresses,
 * telephone numbers and other long runs of digits masked. `null` when nothing is left. They may still quote the document, and are for no log.
 */
export function providerWords(text: string | null | undefined): string | null {
  if (typeof text !== 'string') return null;
  // No more is looked at than can matter: a long text costs nothing.
  const line = text
    .slice(0, 10 * mostCharacters)
    .replace(/\s+/g, ' ')
    .replace(unseen, '')
    .trim();
  // A document or a page that is quoted is no word of the provider's.
  const [words = ''] = line.split(/\{\s*"|<[a-z!/]/i);
  const masked = words.replace(mailAddress, mask).replace(digits, (run) => (day.test(run) ? run : mask));
  const kept = [...masked].slice(0, mostCharacters).join('').trim();
  return kept === '' ? null : kept;
}
