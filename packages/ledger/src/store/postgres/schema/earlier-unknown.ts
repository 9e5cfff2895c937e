import { leaseLostReason } from '../../../journal/journal-details.js';

/** The condition that an earlier attempt of the delivery `d` than the last was never found out; the same as `isEarlierUnknown`. */
export const isEarlierUnknown = `(
          coalesce(d.reason ->> 'earlierUnknown' = 'true', false)
          OR coalesce(d.reason_code = '${leaseLostReason.code}', false) AND d.attempts > 1
        )`;

/** The reason, as JSON text, with the note that an earlier attempt was never found out. */
export const withEarlierUnknown = (reason: string) => `(${reason}::jsonb || '{"earlierUnknown":true}')::json`;
