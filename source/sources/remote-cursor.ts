/**
 * How far a log was read that is no file, in its source's own words. Plain data, to be stored and given back as it is.
 */
export type RemoteCursor = {readonly mark: string};
