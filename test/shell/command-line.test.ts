import {describe, expect, test} from 'vitest';
import {UsageError} from '../../source/errors.js';
import {flags} from '../../source/flags/flags.js';
import {typedVerbs} from '../../source/flags/verbs.js';
import {checkTemplate} from '../../source/output/status-line.js';
import {parseCommandLine} from '../../source/shell/command-line.js';
import {helpText} from '../../source/shell/help.js';

const files = ['w.log', 'worker', 'report.d'];
const parse = (...argv: readonly string[]) => parseCommandLine(argv, path => files.includes(path));

describe('the first word', () => {
	test.each(typedVerbs.filter(verb => verb !== 'help'))('%s is a verb, and what follows are its words', verb => {
		expect(parse(verb, 'w.log')).toMatchObject({kind: 'run', verb, words: ['w.log']});
	});

	test.each(['w.log', 'worker', '-', 'logs/', './chek', 'a*', 'log[12]', 'glitchtip+https://x/y/z', 'missing.log'])(
		'%s is a source',
		word => {
			expect(parse(word)).toMatchObject({kind: 'run', verb: 'screen', words: [word]});
		},
	);

	test('behind -- there are sources alone', () => {
		expect(parse('--', 'chek')).toMatchObject({verb: 'screen', words: ['chek']});
		expect(parse('report', '--', '--weird.log')).toMatchObject({verb: 'report', words: ['--weird.log']});
	});
});

test.each([
	[['chek', '--min-hit-rate', '70', 'w.log'], /unknown command "chek".* Did you mean check\?/],
	[['--min-hit-rate', '70', 'chek', 'w.log'], /unknown command "chek"/],
	[['version'], /Did you mean --version\?/],
	[['help', 'reprot'], /unknown command "reprot"\. Did you mean report\?/],
	[['qqqqq'], /unknown command "qqqqq", and no file of that name\. See hitrate --help\./],
	[['w.log', 'check'], /"check" is a command/],
	[['report', 'check', 'w.log'], /"check" is a command/],
	[['report', '--wndow', '7d'], /unknown flag --wndow\. Did you mean --window\? See hitrate report --help\./],
	[['--typo', '5', 'x'], /unknown flag --typo\. See hitrate --help\./],
	[['--mni-hit-rate=5', 'w.log'], /unknown flag --mni-hit-rate\. Did you mean --min-hit-rate\?/],
	[['-v'], /unknown flag -v\. Did you mean -V\?/],
	[['-version'], /unknown flag -version\. Did you mean --version\?/],
	[['--no-window', 'w.log'], /unknown flag --no-window/],
	[['check', '--export', 'a.json', 'w.log'], /check does not take --export, which belongs to report\./],
	[['--min-hit-rate', '70', 'w.log'], /--min-hit-rate belongs to check and serve, as in: hitrate check/],
	[['report', '--export-dir', 'x'], /belongs to the live screen/],
	[['report', '--days'], /--days needs a value \(N\)/],
	[['report', '--days', '--json'], /--days needs a value/],
	[['report', '--export'], /--export needs a value/],
	[['report', '--json=yes'], /--json has no value/],
	[['report', '--no-color=always'], /has no value|unknown flag/],
	[['report', '--window', '1h', '--window', '2h'], /--window is given more than once/],
	[['check', '--min-hit-rate', '1', '--min-hit-rate', '2'], /--min-hit-rate is given more than once/],
	[['help', 'check', 'w.log'], /help explains one command at a time: hitrate help check\./],
	[['help', 'numbers', 'check'], /help explains one command at a time/],
])('%j is refused', (argv, message) => {
	expect(() => parse(...argv)).toThrow(UsageError);
	expect(() => parse(...argv)).toThrow(message);
});

test('a flag is a flag in every way of writing it', () => {
	expect(parse('report', '--export', '-', '--log-file', '-', '-')).toMatchObject({
		words: ['-'],
		flags: {export: ['-'], logFile: ['-']},
	});
	expect(parse('-w', '3h', '--export=a.json', '--export', 'b.csv', '-q', 'w.log')).toMatchObject({
		verb: 'screen',
		words: ['w.log'],
		flags: {window: '3h', export: ['a.json', 'b.csv'], quiet: true},
	});
});

test.each([
	[['-h'], undefined],
	[['--help', 'w.log'], undefined],
	[['help'], undefined],
	[['help', 'check'], 'check'],
	[['check', '-h'], 'check'],
	[['--help', 'report'], 'report'],
	[['report', '--bogus', '--help'], 'report'],
] as const)('%j asks for help', (argv, verb) => {
	expect(parse(...argv)).toEqual({kind: 'help', verb});
});

test.each([[['-V']], [['--version']], [['report', '--version']]])('%j asks for the version', argv => {
	expect(parse(...argv)).toEqual({kind: 'version'});
});

test('the help of a verb shows its flags alone, within 80 columns', () => {
	for (const verb of typedVerbs) {
		const shown = new Set(
			helpText(verb)
				.match(/^ {2}(?:-\w, )?--[a-z-]+/gm)
				?.map(term => term.replace(/.*--(?:no-)?/, '')),
		);
		const kebab = (name: string) => name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
		const own = Object.entries(flags).filter(([, flag]) => (flag.verbs as readonly string[]).includes(verb));
		expect([...shown].sort()).toEqual(own.map(([name]) => kebab(name)).sort());
	}
	for (const text of [helpText(), ...typedVerbs.map(verb => helpText(verb))]) {
		expect(Math.max(...text.split('\n').map(line => line.length))).toBeLessThanOrEqual(80);
	}
});

test('the help of status names every figure of its line', () => {
	expect(helpText('status').replaceAll(/\s+/g, ' ')).toContain('Figures of --format: {hit_rate}, {token_hit_rate},');
	expect(helpText('report')).not.toContain('Figures of --format');
	const [, figures = ''] = /Figures of --format: (.*?)\./s.exec(helpText('status')) ?? [];
	expect(() => checkTemplate(figures)).not.toThrow();
});
