import type {Format, FormatContext, FormatSession} from '../formats/format.js';
import type {Log} from '../log.js';
import type {Request} from '../request.js';
import {boundName, boundNames} from '../text/bound-names.js';
import type {IngestOptions} from './options.js';

/** Callbacks of a session. */
type Opening = Pick<FormatContext, 'lineAt' | 'onRequest' | 'onRetract'> & {readonly log: Log};

/** A session of a format for one log, which passes on requests with names of limited length. */
export const openSession = (
	format: Format,
	{log, lineAt, onRequest, onRetract}: Opening,
	{localTime, promptTokens}: IngestOptions,
	saved?: unknown,
): FormatSession =>
	format.open(
		{
			localTime,
			promptTokens,
			lineAt,
			onRequest: request => onRequest(boundNames(request)),
			onRetract,
			source: boundName(log.name) ?? '',
		},
		saved,
	);

/** Lines to be read separately from the session of their log, starting from its state. */
type Aside = {readonly bytes: Buffer; readonly head: boolean; readonly saved?: unknown};

/** The requests of lines that are not saved. */
export const requestsAside = (
	format: Format,
	log: Log,
	{bytes, head, saved}: Aside,
	options: IngestOptions,
): readonly Request[] => {
	const found = new Map<string, Request>();
	const session = openSession(
		format,
		{log, onRequest: request => found.set(request.id, request), onRetract: () => found.clear()},
		options,
		saved === undefined ? undefined : structuredClone(saved),
	);
	session.lines(bytes, head);
	return [...found.values(), ...session.provisional().map(boundNames)];
};
