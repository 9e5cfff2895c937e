/** Named value within an answer. */
export interface AnswerMember {
  /** Name in lower case, letters and digits only: `errorCode` and `Error_Code` are one name. */
  readonly name: string;
  readonly value: unknown;
  /** Number of objects around its own; infinite within a list. */
  readonly depth: number;
}

/** Lists the members of an answer at every depth, outermost first, but for those within `except`. */
export function membersOf(answer: unknown, except?: unknown): AnswerMember[] {
  const members: AnswerMember[] = [];
  // A queue instead of recursion: an answer may be nested deeper than the stack.
  const holders = isHolder(answer) ? [{ holder: answer, depth: 0 }] : [];
  for (const { holder, depth } of holders) {
    if (holder === except) continue;
    const isList = Array.isArray(holder);
    for (const [name, value] of Object.entries(holder)) {
      if (!isList) members.push({ name: folded(name), value, depth });
      if (isHolder(value)) holders.push({ holder: value, depth: isList ? Infinity : depth + 1 });
    }
  }
  return members;
}

function isHolder(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function folded(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
