/** Prints one labelled line of a step. */
export function line(label: string, text: string): void {
  console.log(`   ${label.padEnd(12)} ${text}`);
}
