import type { Wallet } from '@fiscalkit/schemas';
import { type AnswerMember, membersOf } from './answer-members.js';
import { namingOf } from './wallet-words.js';

/** A failure that an answer reports, under whatever name and in whatever form. */
export interface ReportedFailure {
  /** The provider's code, where the failure shows one. */
  readonly code: string | null;
}

const failureNames = /^(err|error)|error$|^(failure|fault|exception|statuscode)/;
const textNames = /(message|msg|note|text|description|details?|info|reason)$/;
const flagNames = /^(is|has)[a-z]*error$/;
/** Flags that a success has set, where it has them, and those that it has not. */
const doneFlags = /^(is|has)?(successful|ok|done|result|completed|confirmed|accepted|fiscalized)$/;
const undoneFlags =
  /^(is|has|was)?(failed|rejected|declined|cancell?ed|reversed|refunded|expired|pending|processing)$/;

/**
 * Finds the failure that the members of an answer report. A member whose name speaks of an error says "no error" by
 * being absent, `null`, `""`, `0` or `"0"`; everything else is a failure, also what can't be read.
 */
export function failureAmong(members: readonly AnswerMember[]): ReportedFailure | null {
  const failing = members.filter(reportsFailure);
  if (failing.length === 0) return null;
  const codes = failing.map(({ value }) => codeOf(value));
  return { code: codes.find((code) => code !== null) ?? null };
}

/** Whether the members of an answer say, beside a success, something that can't go with it. */
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

/** Whether a value says that there is no error. */
function isNone(value: unknown): boolean {
  return value === null || value === undefined || value === '' || value === 0 || value === '0';
}

function isFalse(value: unknown): boolean {
  return value === false || (typeof value === 'string' && value.trim().toLowerCase() === 'false');
}

/** Whether a number is one with which HTTP says that something was not done. */
function isStatusOfFailure(value: unknown): boolean {
  return typeof value === 'number' && value >= 300 && value < 600;
}

function reportsFailure({ name, value }: AnswerMember): boolean {
  if (!failureNames.test(name) || textNames.test(name) || isNone(value)) return false;
  return !(value === false && flagNames.test(name));
}

/** A code is a text or a number; an error that is an object has it under a name of its own. */
function codeOf(value: unknown): string | null {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  const inner = membersOf(value).find(({ name, depth }) => depth === 0 && /^(error)?code$/.test(name));
  return typeof inner?.value === 'string' || typeof inner?.value === 'number' ? String(inner.value) : null;
}
