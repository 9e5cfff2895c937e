import { type MeasuredPackage, packageOf } from './measured-package.js';

/** A group of packages that a user chooses among. */
export interface Choice {
  readonly title: string;
  /** Imported before the clock runs: what the program has loaded anyway. */
  readonly loadedBefore: readonly string[];
  readonly packages: readonly MeasuredPackage[];
}

const vendorSdks = ['@webzaytsev/yookassa-ts-sdk', '@a2seven/yoo-checkout', 'stripe'].map((name) =>
  packageOf(name, false),
);

/** Our packages, each among what others take in its place. */
export const choices: readonly Choice[] = [
  {
    title: 'provider clients',
    loadedBefore: [],
    packages: [
      ...vendorSdks,
      packageOf('@fiscalkit/schemas', true),
      packageOf('@fiscalkit/client', true),
      {
        ...packageOf('@fiscalkit/client', true),
        name: '@fiscalkit/client/freedompay',
        entry: '@fiscalkit/client/freedompay',
      },
    ],
  },
  {
    title: 'Nest modules, in an application that has Nest',
    loadedBefore: ['reflect-metadata', '@nestjs/common', '@nestjs/core'],
    packages: [
      packageOf('nestjs-yookassa', false),
      { ...packageOf('@nestjs/bullmq', false), packages: ['@nestjs/bullmq', 'bullmq'] },
      packageOf('@fiscalkit/nestjs', true),
    ],
  },
];
