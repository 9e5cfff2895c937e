import { dirname } from 'node:path/posix';
import type { Check } from '../packed/packed-package.js';
import { isCompiled } from './is-compiled.js';

/** Reports packed code of others, which is code that we did not compile, without their licence beside it. */
export const thirdPartyLicences: Check = ({ files }) => {
  const foreign = [...files.keys()].filter(
    (path) => /\.(css|js|wasm|woff2?)$/.test(path) && !isCompiled(path, files),
  );
  const folders = new Set(foreign.map((path) => dirname(path)));
  const licensed = (folder: string) =>
    [...files.keys()].some((path) => dirname(path) === folder && /\/LICEN[CS]E/i.test(path));
  return [...folders]
    .filter((folder) => !licensed(folder))
    .map((folder) => ({
      code: 'licence.third-party',
      message: `${folder} holds others' files without their licence.`,
    }));
};
