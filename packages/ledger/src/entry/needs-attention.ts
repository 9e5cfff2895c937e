import { accountReasonCodes } from './accounts.js';
import { doubtfulCode, windowOverReason } from './doubt.js';

/** Codes of the reasons for which an entry needs an operator, however short it has waited; as an SQL list. */
export const urgentReasons = `('${[doubtfulCode, windowOverReason.code, ...accountReasonCodes].join("', '")}')`;
