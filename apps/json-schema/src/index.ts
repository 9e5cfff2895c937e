export { publishedFiles, readPublished } from './published-files.js';
