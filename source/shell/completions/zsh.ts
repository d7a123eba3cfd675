import {
	type Completed,
	type FlagWord,
	flagsWithoutVerb,
	flagWords,
	type Values,
	type VerbWord,
	verbWords,
} from './completed.js';

const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** Escapes a description for `_arguments`. */
const described = (text: string): string => text.replace(/[\\[\]:]/g, '\\$&');

const action = (values: Values): string => {
	switch (values) {
		case 'file':
			return '_files';
		case 'folder':
			return '_files -/';
		case 'any':
			// A blank makes a value required without offering any.
			return ' ';
		default:
			return `(${values.join(' ')})`;
	}
};

const specification = ({long, short, values, isMultiple, meaning}: FlagWord): string => {
	const value = values === undefined ? '' : `:${long.slice(2)}:${action(values)}`;
	const rest = `[${described(meaning)}]${value}`;
	const isTaking = values !== undefined;
	if (short === undefined) {
		return quote(`${isMultiple ? '*' : ''}${long}${isTaking ? '=' : ''}${rest}`);
	}
	const words = `{${short}${isTaking ? '+' : ''},${long}${isTaking ? '=' : ''}}`;
	return `${isMultiple ? quote('*') : quote(`(${short} ${long})`)}${words}${quote(rest)}`;
};

const afterVerb = ({name, values = []}: VerbWord): string =>
	`\t\t${name}) _values ${quote(name)} ${values.map(quote).join(' ')} ;;`;

/** The completion script for zsh, for a folder of `fpath` as well as for `eval`. */
export const zshCompletions = (line: Completed): string => {
	const verbs = verbWords(line);
	const words = flagWords(line);
	const flagsOf = (pattern: string, taken: readonly string[]): string =>
		`\t\t${pattern}) flags=(\n${words
			.filter(({long}) => taken.includes(long))
			.map(flag => `\t\t\t${specification(flag)}`)
			.join('\n')}\n\t\t) ;;`;
	return `#compdef hitrate
_hitrate_first() {
	local -a verbs
	verbs=(
${verbs.map(({name, meaning}) => `\t\t${quote(`${name}:${meaning.replaceAll(':', '\\:')}`)}`).join('\n')}
	)
	_alternative 'commands:command:{_describe command verbs}' 'sources:source:_files'
}
_hitrate_rest() {
	case "\${words[2]}" in
${verbs
	.filter(({values}) => values)
	.map(afterVerb)
	.join('\n')}
		*) _files ;;
	esac
}
_hitrate() {
	local -a flags
	case "\${words[2]}" in
${verbs.map(verb => flagsOf(verb.name, verb.flags)).join('\n')}
${flagsOf('*', flagsWithoutVerb(line))}
	esac
	_arguments -S "\${flags[@]}" '1:command or source:_hitrate_first' '*:source:_hitrate_rest'
}
if [[ "\${funcstack[1]}" == _hitrate ]]; then
	_hitrate "$@"
else
	compdef _hitrate hitrate
fi
`;
};
