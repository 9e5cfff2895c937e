import { canaries as all, type Canaries } from './canaries.fixture.js';

/** The names of the canaries that a text holds, in whatever spelling. */
export function findCanaries(text: string, canaries: Canaries = all): string[] {
  const searched = text.toLowerCase();
  return Object.entries(canaries)
    .filter(([, value]) => spellingsOf(value).some((spelling) => searched.includes(spelling)))
    .map(([name]) => name);
}

/** As it is, in URLs and forms, in JSON with and without escapes, in hexadecimal, and within any base64. */
function spellingsOf(value: string): string[] {
  const json = JSON.stringify(value).slice(1, -1);
  const encoded = encodeURIComponent(value);
  const spellings = [
    value,
    json,
    JSON.stringify(json).slice(1, -1),
    json.replaceAll(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
    encoded,
    encoded.replaceAll('%20', '+'),
    Buffer.from(value).toString('hex'),
    Buffer.from(value, 'utf16le').toString('hex'),
    ...[0, 1, 2].flatMap((offset) => base64At(value, offset)),
  ];
  return spellings.map((spelling) => spelling.toLowerCase());
}

/** How base64 spells a value that begins so many bytes behind a group of three: the part that its neighbours do not change. */
function base64At(value: string, offset: number): string[] {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(value)]);
  const first = Math.ceil((offset * 8) / 6);
  const end = Math.floor((bytes.length * 8) / 6);
  return [bytes.toString('base64').slice(first, end), bytes.toString('base64url').slice(first, end)];
}
