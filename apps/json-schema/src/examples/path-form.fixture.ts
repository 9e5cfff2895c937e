/** Returns a pattern for the paths of faults that a JSONPath of the catalogue covers. */
export function pathForm(path: string): RegExp {
  const source = path
    .replaceAll(/[.$[\]]/g, '\\$&')
    .replaceAll('\\[*\\]', '\\[\\d+\\]')
    .replaceAll(/\\\['([\w',]+)'\\\]/g, (_, names: string) => `(?:${names.replaceAll("','", '|')})`)
    .replaceAll('\\.\\.*', '.*')
    .replaceAll('\\.\\.', '.*\\.')
    .replaceAll('\\.*', '\\.\\w+');
  return new RegExp(`^${source}$`);
}
