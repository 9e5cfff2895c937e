/** The pattern of a whole text without its anchors. */
export function coreOf({ source }: RegExp): string {
  return source.replace(/^\^/, '').replace(/\$$/, '');
}
