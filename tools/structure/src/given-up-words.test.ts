import { globSync, readFileSync } from 'node:fs';
import { basename, join, sep } from 'node:path';
import { expect, it } from 'vitest';
import { ignoredFolders, root } from './source-tree.js';

/**
 * Words that are given up, with the trade's own. A star marks a word without another meaning in English prose:
 * it is searched in comments and text, too; the others in names, files and headings. A capital marks the end
 * of a type's name.
 */
const givenUp: Readonly<Record<string, string>> = {
  '': `desk*: service; desks*: services; hand in: accept; handed in: accepted; lane*: queue; lanes*: queues;
    courier*: event dispatcher; keeper*: lifecycle, store; door: throttle; doors: throttle; alarm: wake signal;
    ring: notify; hasten*: make due now; hastened*: made due; hastening*: making due; look first: search before send;
    caution: restore guard; doubted: guarded; patience: wait options; patient: with wait limit;
    patiently: with wait limit; addressed: with merchant; act: operator action; acts: operator actions;
    deed: modification; look: read; looks: reads; look every: poll interval; asked: requested; told: reported;
    tell: on progress; clue: anomaly; clues: anomalies; outline: block manifest; outlined: in the manifest;
    tally*: throttled counter; arrivals*: pending bodies; most connections: max connections; fate: outcome;
    armed: active; laboratory*: harness; safety: mutation; safeties: mutations; take out: mutate;
    taken out: mutated; world: model, system; lockstep*: differential store; judge: validate, evaluate;
    judging: cross-validation; judgement: classification; contestant*: candidate; contestants*: candidates; printed: documented;
    steady reader: warm-up; salvage*: parse leniently; room: package, folder; rooms: packages, folders; Parts: dependencies`,
  'e2e/chaos/': `book: history; books: observations; pen: generator; story: operations; stories: operations;
    cast: profile; scene: nemesis; director: nemesis; clerk: worker; clerks: workers; office: workers;
    draws: faults; emphasis: profile; disturbance: fault; disturbances: faults; strike: inject`,
  'apps/sandbox/': 'book: repository; books: repositories; strike: inject',
  'apps/gateway/': 'bench: harness',
  'apps/nestjs/': 'bench: harness',
  'packages/': 'bench: harness',
  'e2e/src/': 'bench: harness',
  'packages/ledger/src/audit/': `evidence: anomalies; conclude: classify; strangers: unexpected rows;
    misplaced: moved; disguised: moved`,
  'packages/ledger/src/model/': 'glance: snapshot; calm: fair; promise: invariant',
  'bench/': 'bar: threshold; turn: round; turns: rounds; lacks: weaker guarantee',
};

/** Places where a word stays, as `path: word`, with the reason. */
const exceptions: Readonly<Record<string, string>> = {
  'e2e/chaos/src/command-line.ts: emphasis': 'The option is --emphasis.',
  'e2e/chaos/src/run-harness.ts: told': 'The report counts under this name.',
  'apps/gateway/src/operator/batch-body.ts: act': 'The route is /admin/acts, and so are its members.',
  'apps/gateway/src/operator/batch.controller.ts: act': 'The route is /admin/acts, and so are its members.',
  'apps/gateway/src/operator/entry-view.ts: acts': 'Entries show under this name what may be done to them.',
  'packages/schemas/src/documents/entry-documents.ts: act': 'As in the answers of the gateway.',
  'packages/schemas/src/documents/entry-documents.ts: acts': 'As in the answers of the gateway.',
  'packages/schemas/src/documents/entry-schema.ts: act': 'As in the answers of the gateway.',
  'packages/schemas/src/documents/entry-schema.ts: acts': 'As in the answers of the gateway.',
  'packages/schemas/src/documents/operator-action-schemas.ts: act':
    'As in the bodies that the gateway takes.',
};

interface Word {
  readonly within: string;
  readonly parts: readonly string[];
  readonly use: string;
  readonly isCoined: boolean;
}

const words = Object.entries(givenUp).flatMap(([within, list]) =>
  list.split(';').map((each): Word => {
    const [, old = '', star, use = ''] = /^\s*([A-Za-z ]+)(\*?):\s*(.+)$/s.exec(each) ?? [];
    return { within, parts: old.split(' '), use, isCoined: star === '*' };
  }),
);

const declaration =
  /\b(?:function\*?|class|const|let|interface|type|enum)\s+([A-Za-z_$][\w$]*)|^\s+(?:(?:readonly|static|async|get|set)\s+)*#?([A-Za-z_$][\w$]*)\??[(:]/gm;

function declaredNames(text: string): Set<string> {
  return new Set(Array.from(text.matchAll(declaration), ([, declared, member]) => declared ?? member ?? ''));
}

/** Returns the headings of a document; a comment in a block of code is none. */
function headings(text: string): string[] {
  return text
    .replace(/^```.*?^```/gms, '')
    .split('\n')
    .filter((line) => /^#+ /.test(line));
}

/** Returns the words of a name or a line, in small letters. */
function wordsOf(text: string): string[] {
  return text
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
}

const coined = words.filter(({ isCoined }) => isCoined);
const maybeCoined = new RegExp(coined.map(({ parts }) => parts.join('.')).join('|'), 'i');
const byFirstPart = Map.groupBy(words, ({ parts: [first = ''] }) => first);

/** Returns the given-up words in a name or a line. */
function wordsIn(text: string): Word[] {
  const all = wordsOf(text);
  const found = all.flatMap((first, start) =>
    (byFirstPart.get(first) ?? []).filter(({ parts }) =>
      parts.every((part, index) => all[start + index] === part),
    ),
  );
  return /^[A-Z]\w*Parts$/.test(text) ? [...found, ...(byFirstPart.get('Parts') ?? [])] : found;
}

/** Returns what is left in a file, as `path: word`, with what to use, and where. */
function remnants(path: string): { readonly place: string; readonly message: string }[] {
  const text = readFileSync(join(root, path), 'utf8');
  const lines = text.split('\n');
  const isText = path.endsWith('.md');
  const names = [...path.split('/'), ...(isText ? headings(text) : declaredNames(text))];
  const inProse = lines
    .filter((line) => maybeCoined.test(line) && (isText || /^\s*(?:\/\*\*|\*|\/\/)/.test(line)))
    .map((line) => [line, wordsIn(line).filter(({ isCoined }) => isCoined)] as const);
  return [...names.map((name) => [name, wordsIn(name)] as const), ...inProse].flatMap(([where, found]) =>
    found
      .filter(({ within }) => path.startsWith(within))
      .map(({ parts, use }) => {
        const place = `${path}: ${parts.join(' ')}`;
        return { place, message: `${place} (${use}) in ${where.trim()}` };
      }),
  );
}

it('has none of the words left that the trade has better ones for', () => {
  const paths = globSync('**/*.{ts,mjs,md}', {
    cwd: root,
    exclude: (path) => ignoredFolders.includes(basename(path)),
  }).map((path) => path.split(sep).join('/'));
  const found = paths
    .filter((path) => path !== 'tools/structure/src/given-up-words.test.ts')
    .flatMap(remnants);
  const isExcepted = (place: string) => Object.hasOwn(exceptions, place);
  expect(found.filter(({ place }) => !isExcepted(place)).map(({ message }) => message)).toEqual([]);
  expect(Object.keys(exceptions).filter((each) => !found.some(({ place }) => place === each))).toEqual([]);
  expect(Object.keys(exceptions).length).toBeLessThanOrEqual(30);
}, 60_000);
