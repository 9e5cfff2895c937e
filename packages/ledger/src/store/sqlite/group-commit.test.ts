import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GroupCommit } from './group-commit.js';
import { inTransaction } from './query.js';

let database: DatabaseSync;
let commits: number;
let group: GroupCommit;

beforeEach(() => {
  database = new DatabaseSync(':memory:');
  database.exec('CREATE TABLE notes (text TEXT UNIQUE)');
  commits = 0;
  group = new GroupCommit((work) => {
    commits += 1;
    return inTransaction(database, work);
  });
});

afterEach(() => {
  if (database.isOpen) database.close();
});

function add(text: string): Promise<string> {
  return group.run(() => {
    database.prepare('INSERT INTO notes VALUES (?)').run(text);
    return text;
  });
}

function notes(): unknown[] {
  return database
    .prepare('SELECT text FROM notes ORDER BY text')
    .all()
    .map(({ text }) => text);
}

describe('GroupCommit', () => {
  it('commits the writes of one turn together, and answers each', async () => {
    const texts = Array.from({ length: 200 }, (_, index) => `note ${String(index).padStart(3, '0')}`);
    expect(await Promise.all(texts.map(add))).toEqual(texts);
    expect(commits).toBe(1);
    expect(notes()).toEqual(texts);
  });

  it('splits what is too much for one commit', async () => {
    await Promise.all(Array.from({ length: 1_200 }, (_, index) => add(`note ${index}`)));
    expect(commits).toBe(3);
    expect(notes()).toHaveLength(1_200);
  });

  it('answers only after the commit', async () => {
    const first = add('first').then(() => database.isTransaction);
    expect(await first).toBe(false);
    expect(notes()).toEqual(['first']);
  });

  it('lets a member that fails spoil nothing but itself', async () => {
    await add('taken');
    const outcomes = await Promise.allSettled([add('a'), add('taken'), add('b')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(notes()).toEqual(['a', 'b', 'taken']);
  });

  it('fails every member when the store cannot write, and writes nothing', async () => {
    database.exec('PRAGMA query_only = ON');
    const outcomes = await Promise.allSettled([add('a'), add('b')]);
    expect(outcomes).toMatchObject([
      { reason: { code: 'ledger.unavailable', retryable: true } },
      { reason: { code: 'ledger.unavailable' } },
    ]);
    database.exec('PRAGMA query_only = OFF');
    expect(notes()).toEqual([]);
    await add('c');
    expect(notes()).toEqual(['c']);
  });
});
