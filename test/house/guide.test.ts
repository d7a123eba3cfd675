import {readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const paths = ['source', 'test'].flatMap(folder =>
	readdirSync(`${root}/${folder}`, {recursive: true}).map(path => `/${folder}/${String(path).replaceAll('\\', '/')}`),
);

/** What a guide names as code that is a file or, with a slash at its end, a folder; none of them is there. */
const missingIn = (guide: string): readonly string[] =>
	[...guide.matchAll(/`([\w./-]+(?:\.tsx?|\/))`/g)]
		.map(([, named = '']) => named)
		.filter(named => !paths.some(path => path.endsWith(`/${named.replace(/\/$/, '')}`)) && named !== 'source/');

test('what the guide to the code names is there', () => {
	expect(missingIn(readFileSync(`${root}/source/readme.md`, 'utf8'))).toEqual([]);
});

test('a file that was moved is missed', () => {
	expect(missingIn('`sources/source.ts`, `screen/`, `sources/gone.ts` and `poetry/`')).toEqual([
		'sources/gone.ts',
		'poetry/',
	]);
});
