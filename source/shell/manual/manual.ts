import {commandEntries, type Entry, exitCodes, flagHelp, sourceText, summary} from '../help.js';
import {roffTerm, roffText} from './roff.js';

const name = 'hitrate';

/** The manual page in roff, generated from the same tables as the help. */
export const manual = (): string => {
	const [short = summary] = summary.split(/(?<=\S): /);
	return `${[
		`.TH ${name.toUpperCase()} 1 "" "${name}" "User Commands"`,
		'.SH NAME',
		`${name} \\- ${roffText(short)}`,
		'.SH SYNOPSIS',
		...commandEntries.flatMap(({term}) => [roffTerm(term), '.br']).slice(0, -1),
		'.SH DESCRIPTION',
		roffText(summary),
		'.PP',
		roffText(sourceText),
		...section('Commands', commandEntries),
		...flagHelp().flatMap(({title, entries}) => section(title, entries)),
		'.SH EXIT CODES',
		roffText(exitCodes),
	].join('\n')}\n`;
};

const section = (title: string, entries: readonly Entry[]): readonly string[] => [
	`.SH ${roffText(title.toUpperCase())}`,
	...entries.flatMap(({term, meaning}) => ['.TP', roffTerm(term), roffText(meaning)]),
];
