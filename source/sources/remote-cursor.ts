/**
 * How far a log that is no file has been read, in its source's own notation. Plain data, to be saved and returned
 * unchanged.
 */
export type RemoteCursor = {readonly mark: string};
