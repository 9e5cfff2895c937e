import { decodeEntities, withoutTornEntity } from './decode-entities.js';
import { hasNumbersOf } from './match-numbers.js';
import { lettersOf, type NameLetter, shownLetters } from './name-letters.js';

/** Signs in place of a character that the register could not write. */
const replacements = new Set(['?', '\ufffd', '□', '■', '▯']);

/** Least number of letters of a name before a cut. */
const leastLetters = 3;
const leastLength = 8;

/**
 * Whether a shown name is what a register may make of ours: other case, е for ё, HTML, other blanks and
 * signs, a question mark, a blank or nothing for characters outside CP866, similar letters, a cut end.
 * Numbers are never rewritten, and nothing is added.
 */
export function isNameOf(ours: string, shown: string): boolean {
  if (ours === shown) return true;
  const letters = lettersOf(ours);
  const decoded = decodeEntities(shown).normalize('NFC');
  const untorn = withoutTornEntity(decoded);
  const own = decodeEntities(ours).normalize('NFC');
  if (!hasNumbersOf(own, untorn) || !hasPicturesOf(own, untorn)) return false;
  return matches(letters, decoded) || (untorn !== decoded && matches(letters, untorn));
}

const picture = /\p{Extended_Pictographic}/gu;

/** Whether all pictures of a shown name are in ours: software may leave one out, never replace it. */
function hasPicturesOf(ours: string, shown: string): boolean {
  return (shown.match(picture) ?? []).every((each) => ours.includes(each));
}

/** Matches both names in one pass; `places` are those of ours that the shown letters may reach. */
function matches(ours: readonly NameLetter[], shown: string): boolean {
  let places = withSkips(new Set([0]), ours);
  let read = 0;
  for (const character of shown) {
    const letters = replacements.has(character) ? [null] : shownLetters(character);
    for (const letter of letters) {
      const next = step(places, letter, ours);
      if (next.size === 0) return false;
      if (letter !== null) read += 1;
      places = next;
    }
  }
  return places.has(ours.length) || read >= leastLetters || (read > 0 && shown.trim().length >= leastLength);
}

/** Returns the places after a letter. A replacement is a letter outside CP866, or a sign without place. */
function step(places: ReadonlySet<number>, letter: string | null, ours: readonly NameLetter[]): Set<number> {
  const next = new Set<number>(letter === null ? places : []);
  for (const place of places) {
    const own = ours[place];
    if (letter === null ? own?.optional : own?.letter === letter) next.add(place + 1);
  }
  return withSkips(next, ours);
}

function withSkips(places: Set<number>, ours: readonly NameLetter[]): Set<number> {
  // A set iterates over what is added meanwhile.
  for (const place of places) {
    if (ours[place]?.optional) places.add(place + 1);
  }
  return places;
}
