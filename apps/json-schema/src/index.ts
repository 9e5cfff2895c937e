export { publishedFiles } from './published-files.js';
export { readPublished } from './read-published.js';
