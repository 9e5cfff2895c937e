import type { Judge } from './judge.js';

const python = {
  program: '/usr/bin/python3',
  presence: ['-c', 'from jsonschema import Draft202012Validator'],
  file: 'judge.py',
  packages: ['python3-jsonschema'],
};

/** Every judge. Each dialect has one, and each engine of regular expressions that teams are likely to meet. */
export const judges: readonly Judge[] = [
  { ...python, name: 'Python 2020-12', dialect: '2020-12' },
  { ...python, name: 'Python draft-07', dialect: 'draft-07' },
  {
    name: 'Ruby',
    program: '/usr/bin/ruby',
    presence: ['-r', 'set', '-r', 'json_schemer', '-e', ''],
    file: 'judge.rb',
    dialect: 'draft-07',
    packages: ['ruby', 'ruby-json-schemer'],
  },
  {
    name: 'Perl',
    program: '/usr/bin/perl',
    presence: ['-M5.36.0', '-MJSON::Validator', '-e', ''],
    file: 'judge.pl',
    dialect: 'draft-07',
    packages: ['libjson-validator-perl'],
  },
  {
    name: 'PHP',
    program: '/usr/bin/php',
    // Without mbstring its validator counts bytes where it should count signs.
    presence: ['-r', 'require "JsonSchema/autoload.php"; mb_internal_encoding();'],
    file: 'judge.php',
    dialect: 'draft-07',
    packages: ['php-cli', 'php-mbstring', 'php-json-schema'],
  },
];
