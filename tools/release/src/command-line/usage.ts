/** What the program prints for `--help`. */
export const usage = `Versions, checks and publishes the packages.

  npm run release                 build, pack, check and publish every package whose version is not published yet
    -- --dry-run                  all but publish; goes on where a release would be refused
    -- --registry URL             publish there, and not where npm is set to
  npm run release:version         turn changesets into versions and changelogs, and keep the schemas of a new version
  npm run schemas:check           compare the schemas with the last released ones
  npm run release -- --help       this text

A release is refused while files are not committed or changesets have no version. All packages are checked before the
first is published; a repeat goes on where the last one stopped.
`;
