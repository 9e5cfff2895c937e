/** The named entities that stand for a letter of the Cyrillic alphabet, in its order; small ones are written small. */
const cyrillic =
  'acy bcy vcy gcy dcy iecy zhcy zcy icy jcy kcy lcy mcy ncy ocy pcy rcy scy tcy ucy fcy khcy tscy chcy shcy shchcy hardcy ycy softcy ecy yucy yacy';

const firstSmallLetter = 'а'.charCodeAt(0);

/** Letter case is folded by whoever compares, so the names are known in small letters only. */
const letters: Readonly<Record<string, string>> = {
  iocy: 'ё',
  amp: '&',
  ...Object.fromEntries(
    cyrillic.split(' ').map((name, index) => [name, String.fromCharCode(firstSmallLetter + index)]),
  ),
};

const entity = /&(?:amp;)*(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z][a-z\d]{1,31}));/gi;
/** What is left of an entity that was cut off with the end of a name. */
const torn = /&[a-z\d#;&]{0,16}$/i;

/** Escaping is undone as often as somebody may have done it. */
const mostRounds = 4;

/**
 * Undoes HTML escaping, also when it was done several times. An entity that stands for a sign becomes a blank: signs tell no
 * names apart.
 */
export function decodeEntities(text: string): string {
  let decoded = text;
  for (let round = 0; round < mostRounds && decoded.includes('&'); round += 1) {
    decoded = decoded.replaceAll(entity, characterOf);
  }
  return decoded;
}

/** Takes the torn entity off the end of a name that a provider may have cut. */
export function withoutTornEntity(text: string): string {
  return text.replace(torn, '');
}

function characterOf(_: string, decimal?: string, hexadecimal?: string, name?: string): string {
  if (name !== undefined) return letters[name.toLowerCase()] ?? ' ';
  const point = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
  return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : ' ';
}
