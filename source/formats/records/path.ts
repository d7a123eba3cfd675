/** The names in the path of a log, the last one first: some agents tell the session and the agent by folders alone. */
export const namesOf = (source: string): readonly string[] => source.split(/[\\/]/).reverse();

/** Name of the folder that a log is in; undefined where its name has none. */
export const folderOf = (source: string): string | undefined => namesOf(source)[1] || undefined;
