import { type Check, textOf } from '../packed/packed-package.js';

/** Reports a missing licence or README, and a changelog without this version. */
export const documents: Check = (packed) => {
  const { name, version } = packed.manifest;
  const expected: readonly (readonly [file: string, content: string])[] = [
    ['LICENSE', 'MIT License'],
    ['README.md', `# ${name}\n`],
    ['CHANGELOG.md', `\n## ${version}\n`],
  ];
  return expected
    .filter(([file, content]) => !textOf(packed, file).includes(content))
    .map(([file, content]) => ({
      code: `documents.${file.toLowerCase().replace('.md', '')}`,
      message: `${file} is missing or does not say "${content.trim()}".`,
    }));
};
