import type { SourceFile } from './source-tree.js';

/** A word that the trade has a better one for. */
export interface GivenUpWord {
  /** Words of a name, in small letters, in the order in which they stand in it. */
  readonly words: readonly string[];
  /** What to say instead. */
  readonly use: string;
  /** Folders in which it is given up; everywhere when absent. */
  readonly within?: readonly string[];
  /** Whether no prose of ours has another meaning for it, so that documents and comments are searched, too. */
  readonly prose?: true;
}

const word = (words: string, use: string, rest: Partial<GivenUpWord> = {}): GivenUpWord => ({
  words: words.split(' '),
  use,
  ...rest,
});
const coined = { prose: true } as const;
const chaos = { within: ['e2e/chaos'] };
const model = { within: ['packages/ledger/src/model'] };
const bench = { within: ['bench'] };
const audit = { within: ['packages/ledger/src/audit'] };

export const givenUpWords: readonly GivenUpWord[] = [
  word('desk', 'service', coined),
  word('desks', 'services', coined),
  word('hand in', 'accept'),
  word('handed in', 'accepted'),
  word('lane', 'queue', coined),
  word('lanes', 'queues', coined),
  word('courier', 'event dispatcher', coined),
  word('keeper', 'lifecycle; record store', coined),
  word('door', 'authentication throttle'),
  word('alarm', 'wake signal'),
  word('hasten', 'make due now', coined),
  word('hastened', 'made due', coined),
  word('look first', 'search before send'),
  word('caution', 'restore guard'),
  word('doubted', 'guarded'),
  word('patience', 'wait options'),
  word('patient', 'with wait limit'),
  word('patiently', 'with wait limit'),
  word('addressed', 'with merchant'),
  word('look every', 'poll interval'),
  word('parts', 'dependencies'),
  word('deed', 'modification'),
  word('clue', 'anomaly', audit),
  word('clues', 'anomalies', audit),
  word('evidence', 'anomalies', audit),
  word('conclude', 'classify', audit),
  word('strangers', 'unexpected rows', audit),
  word('misplaced', 'moved', audit),
  word('disguised', 'moved', audit),
  word('outline', 'block manifest'),
  word('outlined', 'in the manifest'),
  word('tally', 'throttled counter', coined),
  word('arrivals', 'pending bodies', coined),
  word('bounds', 'limits', { within: ['apps/gateway'] }),
  word('most connections', 'max connections'),
  word('strike', 'inject', { within: ['apps/sandbox'] }),
  word('fate', 'outcome'),
  word('armed', 'active'),
  word('book', 'repository; history', { within: ['apps/sandbox', 'e2e/chaos'] }),
  word('books', 'repositories; history', { within: ['apps/sandbox', 'e2e/chaos'] }),
  word('pen', 'generator', chaos),
  word('story', 'operations', chaos),
  word('stories', 'operations', chaos),
  word('cast', 'profile', chaos),
  word('scene', 'nemesis', chaos),
  word('director', 'nemesis', chaos),
  word('clerk', 'worker', chaos),
  word('clerks', 'workers', chaos),
  word('draws', 'faults', chaos),
  word('emphasis', 'profile', chaos),
  word('disturbance', 'fault', chaos),
  word('disturbances', 'faults', chaos),
  word('laboratory', 'harness', coined),
  word('safety', 'mutation'),
  word('safeties', 'mutations'),
  word('taken out', 'mutated'),
  word('take out', 'mutate'),
  word('world', 'model; system under test'),
  word('glance', 'snapshot', model),
  word('calm', 'fair', model),
  word('lockstep', 'differential store', coined),
  word('promise', 'invariant', model),
  word('judge', 'validate; evaluate'),
  word('judging', 'cross-validation'),
  word('contestant', 'candidate', coined),
  word('contestants', 'candidates', coined),
  word('bar', 'threshold', bench),
  word('turn', 'round', bench),
  word('turns', 'rounds', bench),
  word('lacks', 'weaker guarantee', bench),
  word('steady reader', 'compile after warm-up'),
  word('salvage', 'parse leniently', coined),
  word('printed', 'documented'),
  word('room', 'package; module; folder'),
  word('rooms', 'packages; modules; folders'),
];

/** A place where a word is left that is given up. */
export interface Remnant {
  readonly path: string;
  /** The name or the line. */
  readonly text: string;
  readonly word: GivenUpWord;
}

const declaration =
  /\b(?:function\*?|class|const|let|interface|type|enum)\s+([A-Za-z_$][\w$]*)|^\s+(?:(?:readonly|static|async|get|set)\s+)*#?([A-Za-z_$][\w$]*)\??[(:]/gm;

/** Names of files, folders and declarations in which a given-up word is left. */
export function remnantsInNames({ path, text }: SourceFile): Remnant[] {
  const names = Array.from(text.matchAll(declaration), ([, declared, member]) => declared ?? member ?? '');
  const words = givenUpWords.filter((each) => isWithin(each, path));
  return [...path.split('/'), ...new Set(names)].flatMap((name) =>
    words
      .filter((each) => holds(wordsOf(name), each.words))
      .map((each) => ({ path, text: name, word: each })),
  );
}

/** Lines of prose in which a coined word is left: headings and text of documents, comments of source. */
export function remnantsInProse(path: string, prose: string): Remnant[] {
  const words = givenUpWords.filter((each) => each.prose && isWithin(each, path));
  return prose
    .split('\n')
    .flatMap((line) =>
      words
        .filter((each) => holds(line.toLowerCase().split(/[^a-z]+/), each.words))
        .map((each) => ({ path, text: line.trim(), word: each })),
    );
}

/** The comments of a source file, a line each. */
export function commentsOf({ text }: Pick<SourceFile, 'text'>): string {
  return text
    .split('\n')
    .filter((line) => /^\s*(?:\/\*\*|\*|\/\/)/.test(line))
    .join('\n');
}

function isWithin({ within }: GivenUpWord, path: string): boolean {
  return within === undefined || within.some((folder) => path.startsWith(`${folder}/`));
}

function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((part) => part !== '');
}

function holds(words: readonly string[], searched: readonly string[]): boolean {
  return words.some((_, start) => searched.every((each, index) => words[start + index] === each));
}
