import { repeatsKey } from '@fiscalkit/schemas';
import { isRecord, readJson, textOf } from '../../transport/read-json.js';

/** Whether an answer has no body: what OrangeData says by the status alone has none, a page of a proxy has. */
export function isEmpty(body: Uint8Array): boolean {
  return body.every((byte) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09);
}

/** Returns the texts of `errors`; `null` for an answer without any. */
export function errorsOf(body: Uint8Array): readonly string[] | null {
  const answer = readJson(body);
  const errors = isRecord(answer) && !saysTwice(body) ? answer.errors : null;
  if (!Array.isArray(errors) || errors.length === 0) return null;
  return errors.every((error) => typeof error === 'string') ? errors : null;
}

/** Document as OrangeData shows it. */
export type ShownDocument = Readonly<Record<string, unknown>>;

/**
 * Parses a document; returns `null` for an answer that is none, or says two things in one member: which of them
 * its writer meant, nobody knows.
 */
export function readDocument(body: Uint8Array): ShownDocument | null {
  const document = readJson(body);
  return isRecord(document) && !saysTwice(body) ? document : null;
}

/** Failed check of a mark code. */
export interface FailedMark {
  /** Result of the check (tag 2106) as text; `null` if it is not shown. */
  readonly result: string | null;
}

/**
 * Parses the failed checks of mark codes: a bare list, as the samples have it. `null` for anything else, an empty
 * list too.
 */
export function readFailedMarks(body: Uint8Array): readonly FailedMark[] | null {
  const list = readJson(body);
  if (!Array.isArray(list) || list.length === 0 || !list.every(isRecord)) return null;
  return list.map(({ checkResult }) => ({
    result: textOf(isRecord(checkResult) ? checkResult.checkResult : null),
  }));
}

function saysTwice(body: Uint8Array): boolean {
  return repeatsKey(new TextDecoder().decode(body));
}
