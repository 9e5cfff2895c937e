import { accountReasonCodes } from './accounts.js';
import { doubtfulCode } from './doubt.js';

/** Codes of the reasons for which an entry waits for a person, however short it has waited; a list of SQL. */
export const urgentReasons = `('${[doubtfulCode, ...accountReasonCodes].join("', '")}')`;
