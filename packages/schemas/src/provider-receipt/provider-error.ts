import { z } from 'zod';
import { lenientIdentifier, lenientText } from './lenient-fields.js';

const errorObject = z.object({ code: lenientIdentifier, message: lenientText });

const errorText = z.string().transform((message) => (message.trim() === '' ? null : { code: null, message }));

/** Why the provider did not register. The page prints only `null`: an object and a plain text are both read. */
export const providerError = z.union([errorObject, errorText]).nullable().default(null).catch(null);
