import type {Format} from '../format.js';
import {looksLike} from '../json/json-line.js';
import type {RecordReader} from './record-reader.js';
import {RecordSession} from './record-session.js';

/** Characters at the beginning of a document by which it is recognised. */
const beginningLength = 8192;

/** A format whose logs are JSON records, one per line or in a document, some of which report answers. */
export const recordFormat = <State extends object>(reader: RecordReader<State>): Format => ({
	name: reader.name,
	title: reader.title,
	recognise: head =>
		looksLike(head, reader.kinship) || (reader.isDocument?.(head.toString('utf8', 0, beginningLength)) ?? false),
	...(reader.isDocument && {
		isDocument: (head: Buffer) => reader.isDocument?.(head.toString('utf8', 0, beginningLength)) ?? false,
	}),
	open: (context, saved) => new RecordSession(reader, context, saved),
});
