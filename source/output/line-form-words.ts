import type {LineForm} from '../formats/line-form.js';
import {sanitize} from '../text/sanitize.js';

const words: Readonly<Record<LineForm['kind'], string>> = {
	access: 'the access log of a web server',
	api: 'requests of a Python web server (uvicorn)',
	backend: 'a Python backend with structlog',
	syslog: 'syslog or journalctl',
	document: 'a JSON document',
	markup: 'HTML or XML',
	text: 'plain text',
	json: 'JSON objects',
	pairs: 'name=value pairs',
	table: 'a table',
};

const before: Partial<Readonly<Record<LineForm['kind'], string>>> = {
	json: ' with ',
	pairs: ': ',
	table: ' with the columns ',
};

/** What the lines of a log are: `JSON objects with time, level, msg`. Safe to print. */
export const lineFormWords = (form: LineForm): string => {
	const names = 'names' in form ? form.names.map(name => sanitize(name)).join(', ') : '';
	return `${words[form.kind]}${names === '' ? '' : `${before[form.kind]}${names}`}`;
};

/** What hitrate reads, for users whose log is none of it. */
export const readsWords =
	'hitrate reads what calls to a model used: lines with a usage object of any provider or library, the log of an AgentPress / Suna backend, and transcripts of coding agents.';

const steps: Readonly<Record<LineForm['kind'], string>> = {
	backend: 'The worker writes the usage, at level INFO or DEBUG: hitrate logs/worker.log.',
	access: 'Name the log of the program that calls the model.',
	api: "In an AgentPress / Suna backend the worker writes the usage: hitrate logs/worker.log. Elsewhere log each response's usage.",
	syslog: 'If a service logs its usage there, read that alone: journalctl -u NAME -o cat | hitrate -.',
	document: 'Name the log or the transcript that it was made from.',
	markup: 'Name a log: a saved page has no requests.',
	text: 'Name the log of the program that calls the model. Lines of your own are read with --pattern; try them with hitrate doctor --pattern REGEX.',
	json: 'Log the usage object of each response beside the rest: {"time": …, "model": …, "session_id": …, "usage": {…}}.',
	pairs:
		"Log the tokens of each response beside the rest, under the names of its usage (input_tokens=… cache_read_input_tokens=…), or read your own names: hitrate doctor --pattern 'cached=(?<read>\\d+) new=(?<uncached>\\d+)'.",
	table:
		'Rename its columns as a usage names them: time,model,session_id,input_tokens,cache_read_input_tokens,cache_creation_input_tokens,output_tokens (or prompt_tokens,cached_tokens,completion_tokens where the cache is inside the prompt).',
};

/** What to do about a log whose lines have this form and no requests: one sentence. */
export const lineFormStep = ({kind}: LineForm): string => steps[kind];
