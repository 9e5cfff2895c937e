/** Folders that hold generated files and nothing else. */
export const generatedFolders = ['examples', 'schemas'] as const;
