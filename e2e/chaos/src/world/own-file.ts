import { fileURLToPath } from 'node:url';

/** The path of a module of ours that is run by itself: its built file, or its source when we run from the sources. */
export function ownFile(name: string, from: string): string {
  const extension = from.endsWith('.ts') ? '.ts' : '.js';
  return fileURLToPath(new URL(`${name}${extension}`, from));
}
