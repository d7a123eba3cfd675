import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {globSync} from 'tinyglobby';
import {expect, test} from 'vitest';

const root = join(import.meta.dirname, '../..');

/** Phrases that no reader should meet, in what the program says, wherever it says it; comments may use any words. */
const unwanted: readonly RegExp[] = [
	/\b(?:is|are) no (?!data\b)(?:\w+ )?(?:time|number|address|rule|format|window|zone|date|path|price|token|file|JSON|store|database|percentage|amount)s?\b/,
	/There is: |\bthere is no (?:mark|window)\b/,
	/\blies (?:at|after|before|beside|behind|in)\b|\bnothing lies\b/i,
	/\btakes (?:no|any|only|--)/,
	/\b(?:log|logs) tells? no\b/,
	/check the path, or wait/,
	/may not be (?:read|written)/,
	/plan lines/,
	/of a prompt changed/,
	/extra for writes/,
	/never paused/,
	/[Hh]old the picture/,
	/colours of its own|range of your own/,
	/Take back everything|take back everything/,
	/do the numbers hold/,
	/\bthat is still followed\b/,
	/most money lost first/,
	/made anew/,
	/There is nothing to compare/,
	/that the filter takes/,
	/What was passed over/,
	/of a kind that hitrate knows/,
	/\bdearest\b|\bdearer\b/,
	/that were to read it/,
	/reads of a written token/,
	/is in the cost with cache/,
	/what the provider counted/,
	/\bAs it was['",]/,
	/would have lived/,
	/costs nothing\b/,
	/doctor tells more/,
	/\b1 times\b/,
	/[Ww]orth \$\{.*\} a day/,
];

/** The strings and templates of a source, without its comments. */
const stringsOf = (source: string): readonly string[] => {
	const code = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
	return [...code.matchAll(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g)].map(([text]) => text);
};

test('the program uses the words of the field', () => {
	const found = globSync('source/**/*.ts', {cwd: root}).flatMap(name =>
		stringsOf(readFileSync(join(root, name), 'utf8'))
			.filter(text => unwanted.some(phrase => phrase.test(text)))
			.map(text => `${name}: ${text.slice(0, 120)}`),
	);
	expect(found).toEqual([]);
});

test('the search finds such a phrase in a string, and none in a comment', () => {
	const strings = stringsOf("/** dearest */\n// dearest\nconst text = 'the dearest loss';\n");
	expect(strings.filter(text => unwanted.some(phrase => phrase.test(text)))).toEqual(["'the dearest loss'"]);
});
