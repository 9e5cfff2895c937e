const form = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Whether a text is a UUID, as all ids of entries are. */
export function isUuid(text: string): boolean {
  return form.test(text);
}
