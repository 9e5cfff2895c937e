/** Whether the text is a product code of the Uzbek catalogue (IKPU, MXIK): 17 digits. */
export function isIkpu(text: string): boolean {
  return /^\d{17}$/.test(text);
}
