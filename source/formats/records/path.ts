/**
 * The names in the path of a log, last one first, because some agents name the session and the agent only in folders.
 */
export const namesOf = (source: string): readonly string[] => source.split(/[\\/]/).reverse();

/** Name of the folder that contains a log; undefined if its path has none. */
export const folderOf = (source: string): string | undefined => namesOf(source)[1] || undefined;
