import {UsageError} from '../errors.js';

/** The endpoint of a project. Contains its key, so it is never displayed. */
type Dsn = {
	/** URL that envelopes are posted to. */
	readonly endpoint: URL;
	readonly key: string;
};

/**
 * Parses a DSN as shown in the project's settings: `https://key@host[/folder]/number`. Throws a `UsageError` that
 * quotes nothing of it.
 */
export const parseDsn = (text: string): Dsn => {
	const url = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined;
	const [, folder = '', project] = /^(.*)\/(\d{1,20})\/?$/.exec(url?.pathname ?? '') ?? [];
	if (!url || !/^https?:$/.test(url.protocol) || !/^[\w-]{1,100}$/.test(url.username) || project === undefined) {
		throw new UsageError(
			'the GlitchTip DSN is not one: copy it from the settings of the project, as in https://key@host/1',
		);
	}
	return {endpoint: new URL(`${url.origin}${folder}/api/${project}/envelope/`), key: url.username};
};
