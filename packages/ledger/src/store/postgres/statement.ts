import { sha256Hex } from '../../journal/sha256-hex.js';

/** A statement that each connection prepares once. */
export interface Statement {
  /** Differs with the text, because a given pool's connections may serve several ledgers. */
  readonly name: string;
  readonly text: string;
}

/** Names a statement by its text. */
export function statement(text: string): Statement {
  return { name: `fiscalkit-${sha256Hex(text).slice(0, 32)}`, text };
}
