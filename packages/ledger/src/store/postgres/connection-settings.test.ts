import { expect, it } from 'vitest';
import { postgresAddressFault } from './connection-settings.js';

it.each([
  'postgres://u:p@host:5432/db',
  'postgresql://u@host/db?sslmode=require&application_name=a%40b',
  'postgres://host',
  'postgres://u:p%40ss%2Fword@127.0.0.1/db',
  'postgres://u:p@ss@host/db',
  'postgres://u:p@[::1]:5432/db',
  'postgres:///db?host=/var/run/postgresql',
  'postgres://u:p@/db?host=/var/run/postgresql',
  'postgres://u:p@host:/db',
  'postgres://u:p@%2Fvar%2Frun%2Fpostgresql/db',
])('%s can be used', (address) => {
  expect(postgresAddressFault(address)).toBeNull();
});

it.each([
  ['u:p@secret/word@host/db', 'percent-encoded'],
  ['u:secret/word@host/db', 'percent-encoded'],
  ['u:secret#word@host/db', 'percent-encoded'],
  ['u:12?secret@host/db', 'percent-encoded'],
  ['u:se%cret@host/db', 'percent-encoded'],
  ['u:secret/word', 'percent-encoded'],
  ['u:sec ret', 'percent-encoded'],
  ['u:p@host:secret/db', 'percent-encoded'],
  ['', 'names no host'],
  ['/db', 'names no host'],
  ['u:secret@', 'names no host'],
  ['u:secret@/db', 'names no host'],
  ['u:secret@:5432/db', 'names no host'],
  ['u:secret@/db?sslmode=require', 'names no host'],
  ['u:secret@host:99999/db', 'port above 65535'],
  ['u:p@one,two/db', 'several hosts'],
  ['u:p@one:5432,two:5432/db', 'several hosts'],
  ['u:p@one/db?host=one,two', 'several hosts'],
])('postgres://%s can not, and is not quoted', (rest, words) => {
  const fault = postgresAddressFault(`postgres://${rest}`);
  expect(fault).toContain(words);
  expect(fault).not.toMatch(/secret|word@|\bone\b.*two/);
});

it('asks for an address of PostgreSQL', () => {
  expect(postgresAddressFault('mysql://u:p@host/db')).toContain('must be postgres://');
});
