/** What the paths of faults look like that a JSONPath of the catalogue stands for. */
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
