/** Above this the runtime's own sorting is faster. */
const fewKeys = 24;

/** The own keys of an object, sorted by code unit. */
export function sortedKeys(value: object): string[] {
  const keys = Object.keys(value);
  if (keys.length > fewKeys) return keys.sort();
  for (let sorted = 1; sorted < keys.length; sorted += 1) insert(keys, sorted);
  return keys;
}

/** Moves a key to its place among those before it, which are sorted. */
function insert(keys: string[], from: number): void {
  const key = keys[from] ?? '';
  let place = from;
  for (let before = keys[place - 1]; before !== undefined && before > key; before = keys[place - 1]) {
    keys[place] = before;
    place -= 1;
  }
  keys[place] = key;
}
