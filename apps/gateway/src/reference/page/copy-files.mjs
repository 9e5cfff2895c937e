// Part of the build: puts the files of the page that are not compiled beside those that are. Swagger UI comes into the package in
// this way, because its own package runs a script at installation that reports to its makers.
import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ofSwaggerUi = [
  'swagger-ui-bundle.js',
  'swagger-ui-bundle.js.LICENSE.txt',
  'swagger-ui.css',
  'favicon-32x32.png',
  'LICENSE',
  'NOTICE',
];

const here = dirname(fileURLToPath(import.meta.url));
const folder = join(here, '../../../dist/reference/page');
const swaggerUi = dirname(fileURLToPath(import.meta.resolve('swagger-ui-dist/package.json')));

mkdirSync(folder, { recursive: true });
copyFileSync(join(here, 'page.css'), join(folder, 'page.css'));
for (const name of ofSwaggerUi) copyFileSync(join(swaggerUi, name), join(folder, name));
