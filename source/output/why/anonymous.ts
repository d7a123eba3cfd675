import type {Break} from '../../metrics/breaks/breaks.js';
import type {ThreadEvent} from '../../request.js';
import {sanitize} from '../../text/sanitize.js';

/**
 * Kinds of events whose details are the client's own words (versions, modes, sizes). Details of other kinds may contain
 * private names.
 */
const ownWords: ReadonlySet<string> = new Set([
	'approval mode',
	'auto mode',
	'client version',
	'compaction',
	'effort',
	'hook',
	'mode',
	'permission mode',
	'plan mode',
	'review mode',
	'sandbox',
	'speed',
	'thinking',
	'ultra effort',
]);

/** Commands that come with the clients; names of other commands may be private. */
const ownCommands: ReadonlySet<string> = new Set(
	'add-dir agents approvals clear compact config context cost effort exit export fast fork help hooks init login logout mcp memory model new output-style permissions plan plugin reload-plugins resume review rewind skills status usage'
		.split(' ')
		.map(name => `/${name}`),
);

/** An event without details that may be private. */
export const withoutNames = ({
	kind,
	detail,
}: {
	readonly kind: string;
	readonly detail?: string | undefined;
}): ThreadEvent => {
	const isOwn = ownWords.has(kind) || (kind === 'slash command' && ownCommands.has(detail ?? ''));
	return isOwn && detail !== undefined && /^[\w./ -]+$/.test(detail) ? {kind, detail} : {kind};
};

/** Names of public models; others may be aliases, deployments or accounts. */
const publicModel =
	/^(?:claude|gpt|o\d|codex|gemini|gemma|deepseek|grok|kimi|qwen\d?|glm|mistral|mixtral|llama|nova|command)(?:[-.]?[a-z\d.]+)*(?:@[\w.-]+)?$/i;

/** A model's name if it is public; undefined if it may be private. */
export const publicModelName = (model: string | undefined): string | undefined => {
	const name = model
		?.split('/')
		.at(-1)
		?.replace(/\[1m\]$/, '');
	return name !== undefined && name.length <= 60 && publicModel.test(name) ? name : undefined;
};

/** `claude-code 2.1.42`; undefined if the text is not a name and version. */
export const publicClient = (client: string | undefined): string | undefined =>
	client !== undefined && /^(?:claude-code|codex|[a-z-]{1,20}) \d[\w.-]{0,30}$/.test(client) ? client : undefined;

/** Causes whose details never contain private names. */
const nameless: ReadonlySet<Break['cause']> = new Set([
	'expired',
	'rebuilt',
	'concurrent',
	'prefix-changed',
	'not-read',
	'unknown',
]);

/** The evidence of a break if it contains no private names. */
export const publicDetail = ({cause, detail, reported}: Break): string | undefined =>
	nameless.has(cause) || (reported && /^[\w ]{1,60}$/.test(detail)) ? sanitize(detail) : undefined;
