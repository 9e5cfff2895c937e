import { readFileSync } from 'node:fs';
import { type ServedFile, servedFile } from './served-file.js';

/** A file that may be asked for. */
export interface FileAtHand {
  readonly path: string;
  readonly contentType: string;
}

/** Files by name, listed and each read when one is first asked for: a gateway that is asked for none starts without them. */
export class ServedFiles {
  readonly #list: () => ReadonlyMap<string, FileAtHand>;
  readonly #read = new Map<string, ServedFile>();
  #atHand: ReadonlyMap<string, FileAtHand> | undefined;

  constructor(list: () => ReadonlyMap<string, FileAtHand>) {
    this.#list = list;
  }

  get(name: string): ServedFile | undefined {
    this.#atHand ??= this.#list();
    const known = this.#read.get(name);
    const atHand = this.#atHand.get(name);
    if (known || !atHand) return known;
    const file = servedFile(readFileSync(atHand.path), atHand.contentType);
    this.#read.set(name, file);
    return file;
  }
}
