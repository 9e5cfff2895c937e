/** Maximum length of a provider's words. */
const mostCharacters = 300;

const mask = '***';

/** Invisible characters, and those that no store takes; a line break is a blank. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu;

/** E-mail address, with the sign as people, forms and pages spell it, perhaps with a blank beside it. */
const mailAddress = /[^\s@＠﹫]+\s?(?:[@＠﹫]|%40|&#(?:0*64|x0*40);|&commat;|\(at\)|\[at\])\s?[^\s@＠﹫]+/giu;

/** Date, and the time behind it: no number of a person's. */
const day =
  /(?:[0-3]\d\.[01]\d\.(?:19|20)\d{2}|(?:19|20)\d{2}-[01]\d-[0-3]\d)(?:[\sT]\d{1,2}(?::\d{2}){0,2})?(?![-.:/_*]?\p{Nd})/u;

/** Seven digits or more, with the separators that people and pages write in phone or card numbers. */
const digits = /[+＋]?\p{Nd}(?:(?:[\s().,/:;_*|\p{Pd}]|&nbsp;|&#x?\d+;){0,3}\p{Nd}){6,}/u;

const daysAndDigits = new RegExp(
  `(?<!\\p{Nd}[\\s().,/:;_*|\\p{Pd}]?)(?<day>${day.source})|${digits.source}`,
  'gu',
);

/**
 * Returns a provider's own words of a refusal, as the caller and administrators may see them: one line, at
 * most 300 characters, e-mail addresses, telephone numbers and other long runs of digits masked. `null` if
 * nothing is left. They may still quote the document, and are for no log.
 */
export function providerWords(text: string | null | undefined): string | null {
  if (typeof text !== 'string') return null;
  // A long text costs nothing: only its relevant beginning is read.
  const line = text
    .slice(0, 10 * mostCharacters)
    .replace(/\s+/g, ' ')
    .replace(unseen, '')
    .trim();
  // A quoted document or page is not the provider's words.
  const [words = ''] = line.split(/\{\s*"|<[a-z!/]/i);
  const masked = words.replace(mailAddress, mask).replace(daysAndDigits, (_run, written) => written ?? mask);
  const kept = [...masked].slice(0, mostCharacters).join('').trim();
  return kept === '' ? null : kept;
}
