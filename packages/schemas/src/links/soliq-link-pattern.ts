import { blanks, trimmedPattern } from '../fields/trimmed-text.js';
import { soliqForms } from './soliq-link.js';

const start = '[Hh][Tt][Tt][Pp][Ss]://[Oo][Ff][Dd]\\.[Ss][Oo][Ll][Ii][Qq]\\.[Uu][Zz]/(?:check|epi)';

/**
 * What a Soliq link looks like, as patterns that all hold: four parameters, and each of the four names among them. That its time
 * exists in the calendar is for the rule alone.
 */
export const soliqLinkPatterns = [
  trimmedPattern(`${start}\\?(?:[trcs]=[A-Z0-9]+&){3}[trcs]=[A-Z0-9]+`),
  ...Object.entries(soliqForms).map(
    ([name, form]) => `[?&]${name}=${form.source.slice(1, -1)}(?:&|[${blanks}]*$)`,
  ),
];
