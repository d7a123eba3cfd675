import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {globSync} from 'tinyglobby';
import {expect, test} from 'vitest';

const root = join(import.meta.dirname, '../..');

/** Phrases that no reader should meet, in what the program says; comments may use any words. */
const unwanted: readonly RegExp[] = [
	/\bis no (?:time|number|address|rule|format|window|zone|date)\b/,
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

test('reports use the words of the field', () => {
	const found = globSync(['source/output/**/*.ts', 'source/metrics/**/*.ts'], {cwd: root}).flatMap(name =>
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
