import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import type { Check } from '../packed/packed-package.js';

/** Reports entries that lead to no file of the right kind, or stand in an order that resolvers misread. */
export const exports: Check = async ({ files }) => {
  const pack = { files: [...files].map(([path, data]) => ({ name: `package/${path}`, data })) };
  const { messages, pkg } = await publint({ pkgDir: 'package', pack, strict: true });
  return messages.map((message) => ({
    code: `exports.${message.code.toLowerCase().replaceAll('_', '-')}`,
    message: formatMessage(message, pkg) ?? message.path.join('.'),
  }));
};
