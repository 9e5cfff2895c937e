import type { Wallet } from '@fiscalkit/schemas';
import { type AnswerMember, membersOf } from './answer-members.js';
import { namingOf } from './wallet-words.js';

/** Failure that an answer reports, under any name and in any form. */
export interface ReportedFailure {
  /** Provider's code, if the failure shows one. */
  readonly code: string | null;
}

const failureNames = /^(err|error)|error$|^(failure|fault|exception|statuscode)/;
const textNames = /(message|msg|note|text|description|details?|info|reason)$/;
const flagNames = /^(is|has)[a-z]*error$/;
/** Names of flags that are true in a success, and of those that are not. */
const doneFlags = /^(is|has)?(successful|ok|done|result|completed|confirmed|accepted|fiscalized)$/;
const undoneFlags =
  /^(is|has|was)?(failed|rejected|declined|cancell?ed|reversed|refunded|expired|pending|processing)$/;

/**
 * Returns the failure that members of an answer report. A member whose name means an error says "no error" by
 * being absent, `null`, `""`, `0` or `"0"`; everything else is a failure, unreadable values too.
 */
export function failureAmong(members: readonly AnswerMember[]): ReportedFailure | null {
  const failing = members.filter(reportsFailure);
  if (failing.length === 0) return null;
  const codes = failing.map(({ value }) => codeOf(value));
  return { code: codes.find((code) => code !== null) ?? null };
}

/** Whether members of an answer contradict its success. */
export function contradictsSuccess(wallet: Wallet, members: readonly AnswerMember[]): boolean {
  return members.some(({ name, value, depth }) => {
    if (name === 'issuccess' || name === 'success') return value !== true;
    if (doneFlags.test(name)) return isFalse(value);
    if (undoneFlags.test(name)) return !isNone(value) && !isFalse(value);
    if (name === 'status' && depth <= 1 && isStatusOfFailure(value)) return true;
    if (failureNames.test(name) && textNames.test(name)) {
      return !isNone(value) && namingOf(wallet, value) !== 'success';
    }
    return name === 'code' && depth <= 1 && !isNone(value) && String(value) !== '200';
  });
}

/** Whether a value means that there is no error. */
function isNone(value: unknown): boolean {
  return value === null || value === undefined || value === '' || value === 0 || value === '0';
}

function isFalse(value: unknown): boolean {
  return value === false || (typeof value === 'string' && value.trim().toLowerCase() === 'false');
}

/** Whether a number is an HTTP status of a failure. */
function isStatusOfFailure(value: unknown): boolean {
  return typeof value === 'number' && value >= 300 && value < 600;
}

function reportsFailure({ name, value }: AnswerMember): boolean {
  if (!failureNames.test(name) || textNames.test(name) || isNone(value)) return false;
  return !(value === false && flagNames.test(name));
}

/** Returns the code of an error: a text, a number, or a member of an object. */
function codeOf(value: unknown): string | null {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  const inner = membersOf(value).find(({ name, depth }) => depth === 0 && /^(error)?code$/.test(name));
  return typeof inner?.value === 'string' || typeof inner?.value === 'number' ? String(inner.value) : null;
}
