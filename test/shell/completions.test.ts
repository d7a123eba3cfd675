import {spawnSync} from 'node:child_process';
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {UsageError} from '../../source/errors.js';
import type {Completed} from '../../source/shell/completions/completed.js';
import {flagWords, verbWords} from '../../source/shell/completions/completed.js';
import {completions, parseShell, shells} from '../../source/shell/completions/completions.js';
import {withFolder} from '../support/program.js';

const everywhere = ['screen', 'report', 'completions'] as const;

const line: Completed = {
	flags: {
		window: {
			type: 'string',
			shortFlag: 'w',
			verbs: everywhere,
			meaning: '15m or "1h", it\'s your `choice` of $HOME',
		},
		since: {type: 'string', verbs: everywhere, meaning: 'a time'},
		export: {type: 'string', isMultiple: true, verbs: ['report'], meaning: 'a file'},
		exportDir: {type: 'string', verbs: everywhere, meaning: 'a folder'},
		color: {type: 'boolean', default: true, verbs: everywhere, meaning: 'none'},
		json: {type: 'boolean', verbs: ['check'], meaning: `${'word '.repeat(40)}`},
	},
	verbs: {
		report: {meaning: "the report's text: once [and again]"},
		check: {meaning: 'test'},
		completions: {meaning: 'this'},
	},
	values: {window: ['15m', '1h', '24h'], export: 'file', exportDir: 'folder'},
	verbValues: {completions: shells},
};

test('flags and verbs, and what the help says of them', () => {
	expect(flagWords(line).map(({long, short, values}) => [long, short, values])).toEqual([
		['--window', '-w', ['15m', '1h', '24h']],
		['--since', undefined, 'any'],
		['--export', undefined, 'file'],
		['--export-dir', undefined, 'folder'],
		['--no-color', undefined, undefined],
		['--json', undefined, undefined],
	]);
	expect(flagWords(line).map(({meaning}) => meaning)).toEqual([
		'15m or "1h", it\'s your `choice` of $HOME',
		'a time',
		'a file',
		'a folder',
		'none',
		expect.stringMatching(/^(?:word ){13}word…$/),
	]);
	expect(verbWords(line).map(({name, flags}) => [name, flags.includes('--export'), flags.includes('--json')])).toEqual([
		['report', true, false],
		['check', false, true],
		['completions', false, false],
	]);
});

test('a shell is named, and one only', () => {
	expect(parseShell(['zsh'])).toBe('zsh');
	for (const words of [[], ['tcsh'], ['bash', 'zsh']]) {
		expect(() => parseShell(words)).toThrow(UsageError);
	}
});

const runs = (program: string) => spawnSync(program, ['-c', 'true']).status === 0;

/** A folder with the script and some files to complete. */
const inFolder = (body: (folder: string) => void): Promise<void> =>
	withFolder(async folder => {
		for (const shell of shells) {
			writeFileSync(join(folder, `script.${shell}`), completions(shell, line));
		}
		for (const name of ['worker.log', 'two words.log']) {
			writeFileSync(join(folder, name), '');
		}
		mkdirSync(join(folder, 'reports'));
		body(folder);
	});

const output = (program: string, script: string, cwd: string, args: readonly string[] = []): readonly string[] => {
	const {stdout, stderr, status} = spawnSync(program, ['-c', script, program, ...args], {cwd, encoding: 'utf8'});
	expect({stderr, status}).toEqual({stderr: '', status: 0});
	return stdout.split('\n').filter(text => text !== '');
};

/** The line that a shell prints after its offers for one command line. Starting a shell takes longer than all of them. */
const separator = '----';

/** The offers for each command line. */
const divided = (lines: readonly string[]): readonly (readonly string[])[] => {
	const offers: string[][] = [[]];
	for (const text of lines) {
		if (text === separator) {
			offers.push([]);
		} else {
			offers.at(-1)?.push(text);
		}
	}
	return offers.slice(0, -1);
};

type Expected = readonly [words: string, offers: unknown];

test.skipIf(!runs('bash'))('bash', async () => {
	const cases: readonly Expected[] = [
		['rep', ['report', 'reports']],
		["''", expect.arrayContaining(['report', 'completions', 'worker.log', 'two words.log'])],
		["completions ''", [...shells]],
		['completions z', ['zsh']],
		['report --ex', ['--export', '--export-dir']],
		['-', ['--window', '-w', '--since', '--export', '--export-dir', '--no-color']],
		['check -', ['--json']],
		['report --window 1', ['15m', '1h']],
		['report -w 1', ['15m', '1h']],
		['report --window = 1', ['15m', '1h']],
		['--window =', ['15m', '1h', '24h']],
		["--export-dir ''", ['reports']],
		// Left to bash itself: files, and after -- whatever begins with a dash.
		['--export w', []],
		['-- --ex', []],
		["--since ''", []],
	];
	const script = cases.map(
		([words]) => `COMPREPLY=() COMP_WORDS=(hitrate ${words}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _hitrate
			(IFS=$'\\n'; echo "\${COMPREPLY[*]}"); echo ${separator}`,
	);
	await inFolder(folder => {
		const offers = divided(output('bash', `. ./script.bash\n${script.join('\n')}`, folder));
		expect(offers.map((offer, index) => [cases[index]?.[0], offer])).toEqual(cases);
	});
});

test.skipIf(!runs('zsh'))('zsh', async () => {
	await inFolder(folder => {
		// A key of its own tells what the line has become, so that nothing waits for a time.
		const script = `
			zmodload zsh/zpty
			zpty shell zsh -f -i
			zpty -w shell 'PS1=; autoload -Uz compinit; compinit -u -d ./dump; . ./script.zsh'
			zpty -w shell 'tell() { print -r -- "<<$BUFFER>>" }; zle -N tell; bindkey "^X" tell; print rea""dy'
			zpty -r shell text '*ready*'
			for words; do
				zpty -w -n shell "hitrate $words"$'\\t\\x18'
				zpty -r shell text '*<<*>>*'
				print -r -- "\${\${text##*<<}%%>>*}"
				zpty -w -n shell $'\\x15'
			done
			zpty -d shell`;
		expect(
			output('zsh', script, folder, [
				'--wi',
				'--window=2',
				'-w 2',
				'completions z',
				'compl',
				'--no',
				'check --j',
				'report --j',
				'report w',
				'--export-dir ',
			]),
		).toEqual([
			'hitrate --window=',
			'hitrate --window=24h ',
			'hitrate -w 24h ',
			'hitrate completions zsh ',
			'hitrate completions ',
			'hitrate --no-color ',
			'hitrate check --json ',
			'hitrate report --j',
			'hitrate report worker.log ',
			'hitrate --export-dir reports/',
		]);
	});
});

test.skipIf(!runs('fish'))('fish', async () => {
	const cases: readonly Expected[] = [
		['--ex', ['--export', '--export-dir']],
		['check --j', ['--json']],
		['report --j', []],
		['--window ', ['15m', '1h', '24h']],
		['--window=1', ['--window=15m', '--window=1h']],
		['completions ', ['bash', 'fish', 'zsh']],
		['compl', ['completions']],
		['--export-dir ', ['reports/']],
		['report w', ['worker.log']],
	];
	const script = `source script.fish; for words in $argv[2..]; complete -C "hitrate $words"; echo ${separator}; end`;
	await inFolder(folder => {
		const words = cases.map(([line]) => line);
		const offers = divided(output('fish', script, folder, words));
		expect(offers.map((offer, index) => [words[index], offer.map(text => text.split('\t')[0]).sort()])).toEqual(cases);
	});
});
