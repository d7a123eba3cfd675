import {type Completed, flagsWithoutVerb, flagWords, type Values, verbWords} from './completed.js';

/** Quotes for a POSIX shell: within single quotes only the quote itself is special. */
const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

const offer = (values: Values): string => {
	if (values === 'file') {
		// Offering nothing makes bash complete files, because of `-o default`.
		return 'return';
	}
	if (values === 'folder') {
		return '_hitrate_paths -d "$current"; return';
	}
	return values === 'any'
		? 'compopt +o default 2>/dev/null; return'
		: `COMPREPLY=($(compgen -W ${quote(values.join(' '))} -- "$current")); return`;
};

/** The completion script for bash 3.2 and later, with or without the bash-completion package. */
export const bashCompletions = (line: Completed): string => {
	const flags = flagWords(line);
	const verbs = verbWords(line);
	const ofFlags = flags.flatMap(({long, short, values}) =>
		values === undefined ? [] : [`\t\t${[long, ...(short ? [short] : [])].join('|')}) ${offer(values)} ;;`],
	);
	const ofVerbs = verbs.flatMap(({name, values}) => (values === undefined ? [] : [`\t\t${name}) ${offer(values)} ;;`]));
	const flagsOfVerbs = verbs.map(verb => `\t\t\t${verb.name}) word=${quote(verb.flags.join(' '))} ;;`);
	return `# bash completion for hitrate
_hitrate_paths() {
	local path
	compopt -o filenames 2>/dev/null
	while IFS= read -r path; do
		COMPREPLY+=("$path")
	done < <(compgen "$1" -- "$2")
}
_hitrate() {
	local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" word
	COMPREPLY=()
	# bash splits --flag=value into three words.
	if [[ $current == '=' ]]; then
		current=''
	elif [[ $previous == '=' ]]; then
		previous="\${COMP_WORDS[COMP_CWORD-2]}"
	fi
	for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
		[[ $word == '--' ]] && return
	done
	case "$previous" in
${ofFlags.join('\n')}
	esac
	if [[ $current == -* ]]; then
		case "\${COMP_WORDS[1]}" in
${flagsOfVerbs.join('\n')}
			*) word=${quote(flagsWithoutVerb(line).join(' '))} ;;
		esac
		COMPREPLY=($(compgen -W "$word" -- "$current"))
		return
	fi
	if ((COMP_CWORD == 1)); then
		COMPREPLY=($(compgen -W ${quote(verbs.map(({name}) => name).join(' '))} -- "$current"))
		_hitrate_paths -f "$current"
		return
	fi
	case "\${COMP_WORDS[1]}" in
${ofVerbs.join('\n')}
	esac
}
complete -o default -F _hitrate hitrate
`;
};
