import { repeatsKey } from '@fiscalkit/schemas';
import { isRecord, readJson, textOf } from '../../transport/read-json.js';

/** Error of an answer: its code means something only together with its type. */
export interface AtolError {
  /** Component that failed; `null` if it is not shown. */
  readonly type: string | null;
  /** `null` if it is not shown or no whole number. */
  readonly code: number | null;
  /** ATOL's own words. */
  readonly text: string | null;
}

/** Answer to a registration or a report, as far as it can be read; absent texts are `null`. */
export interface AtolAnswer {
  readonly uuid: string | null;
  readonly status: string | null;
  /** `null` if the answer shows no error. */
  readonly error: AtolError | null;
  readonly externalId: string | null;
  /** Whether an id is there and none that ATOL gives: then nobody knows whose answer it is. */
  readonly hasOddId: boolean;
  readonly payload: Readonly<Record<string, unknown>> | null;
  readonly deviceCode: string | null;
}

const idTypes: readonly string[] = ['string', 'number', 'undefined'];

/** Id that can be stored, and asked for: as long as an external id, without control and half characters. */
const usableId = /^[^\p{Cc}\p{Cs}]{1,128}$/u;

/**
 * Parses an answer leniently; returns `null` if it is none of ATOL's, or says two things in one member: which of
 * them its writer meant, nobody knows.
 */
export function readAnswer(body: Uint8Array): AtolAnswer | null {
  const answer = readJson(body);
  if (!isRecord(answer) || repeatsKey(new TextDecoder().decode(body))) return null;
  const { uuid: shownUuid, status, error, external_id, payload, device_code } = answer;
  const uuid = textOf(shownUuid);
  const isUsable = uuid !== null && usableId.test(uuid);
  const read = {
    uuid: isUsable ? uuid : null,
    status: textOf(status)?.toLowerCase() ?? null,
    error: errorOf(error),
    externalId: textOf(external_id),
    hasOddId:
      (uuid !== null && !isUsable) ||
      [shownUuid, external_id].some((id) => id !== null && !idTypes.includes(typeof id)),
    payload: isRecord(payload) ? payload : null,
    deviceCode: textOf(device_code),
  };
  return read.uuid === null && read.status === null && read.error === null ? null : read;
}

/** Token of an answer to a log-in. */
export interface LoginAnswer {
  readonly token: string | null;
  readonly error: AtolError | null;
}

const longestToken = 1000;

/** Parses an answer to a log-in; a token that no header can carry is none. */
export function readLoginAnswer(body: Uint8Array): LoginAnswer {
  const { token, error } = Object(readJson(body));
  const isToken = typeof token === 'string' && token.length <= longestToken && /^[!-~]+$/.test(token);
  return { token: isToken ? token : null, error: errorOf(error) };
}

function errorOf(error: unknown): AtolError | null {
  if (error === null || error === undefined) return null;
  if (!isRecord(error)) return { type: null, code: null, text: null };
  if (Object.keys(error).length === 0) return null;
  const { type, code, text } = error;
  const number = typeof code === 'string' && /^-?\d+$/.test(code.trim()) ? Number(code) : code;
  return {
    type: textOf(type)?.toLowerCase() ?? null,
    code: typeof number === 'number' && Number.isInteger(number) ? number : null,
    text: textOf(text),
  };
}
