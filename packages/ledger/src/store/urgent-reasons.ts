import { accountReasonCodes } from '../entry/account-reasons.js';
import { doubtfulCode } from '../state/is-doubtful.js';

/** Codes of the reasons for which an entry waits for a person, however short it has waited; a list of SQL. */
export const urgentReasons = `('${[doubtfulCode, ...accountReasonCodes].join("', '")}')`;
