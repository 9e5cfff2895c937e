/** Blanks and invisible characters, which editors like to change. */
const unseen = /[\u007f-\u00a0\u00ad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]/g;

/**
 * Writes a value as JSON for a file under version control: indented by two blanks, invisible characters
 * escaped, with a newline at the end.
 */
export function writeJson(value: unknown): string {
  const text = JSON.stringify(value, null, 2);
  return `${text.replace(unseen, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}
