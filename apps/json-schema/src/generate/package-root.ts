import { fileURLToPath } from 'node:url';

/** The folder of the package, seen from `src` as from `dist`. */
export const packageRoot = fileURLToPath(new URL('../../', import.meta.url));
