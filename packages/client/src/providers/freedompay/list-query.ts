/**
 * Writes the raw query of a list. Names are not escaped, for the published sample leaves the brackets of
 * `created_at[gte]` as they are; values are. Parameters without a value are left out.
 */
export function listQuery(parameters: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(parameters)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
    .join('&');
}
