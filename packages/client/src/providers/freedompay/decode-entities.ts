/** Named entities of the letters of the Cyrillic alphabet, in its order, in lower case. */
const cyrillic =
  'acy bcy vcy gcy dcy iecy zhcy zcy icy jcy kcy lcy mcy ncy ocy pcy rcy scy tcy ucy fcy khcy tscy chcy shcy shchcy hardcy ycy softcy ecy yucy yacy';

const firstSmallLetter = 'а'.charCodeAt(0);

/** Letters by lower-case names: callers fold the case. */
const letters: Readonly<Record<string, string>> = {
  iocy: 'ё',
  amp: '&',
  ...Object.fromEntries(
    cyrillic.split(' ').map((name, index) => [name, String.fromCharCode(firstSmallLetter + index)]),
  ),
};

const entity = /&(?:amp;)*(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z][a-z\d]{1,31}));/gi;
/** Remainder of an entity that was cut off with the end of a name. */
const torn = /&[a-z\d#;&]{0,16}$/i;

/** Maximum number of times that escaping is undone. */
const mostRounds = 4;

/** Undoes HTML escaping, also repeated. An entity of a sign becomes a blank: signs tell no names apart. */
export function decodeEntities(text: string): string {
  let decoded = text;
  for (let round = 0; round < mostRounds && decoded.includes('&'); round += 1) {
    decoded = decoded.replaceAll(entity, characterOf);
  }
  return decoded;
}

/** Removes the torn entity from the end of a name that a provider may have cut. */
export function withoutTornEntity(text: string): string {
  return text.replace(torn, '');
}

function characterOf(_: string, decimal?: string, hexadecimal?: string, name?: string): string {
  if (name !== undefined) return letters[name.toLowerCase()] ?? ' ';
  const point = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
  return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : ' ';
}
