import { type Check, textOf } from '../packed/packed-package.js';

const privatePath = /file:\/\/\/[\w.]+|(?<![\w.:/~-])\/(?:home|root|Users|work|builds)\/[\w.-]+/;

/** Reports files that name a folder of the building machine. */
export const noPrivatePaths: Check = (packed) =>
  [...packed.files.keys()].flatMap((path) => {
    const found = privatePath.exec(textOf(packed, path))?.[0];
    return found === undefined ? [] : [{ code: 'paths.private', message: `${path} names ${found}.` }];
  });
