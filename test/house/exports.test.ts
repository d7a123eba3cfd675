import {readdirSync, readFileSync} from 'node:fs';
import {dirname, join, normalize, relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const filesIn = (folder: string): readonly string[] =>
	readdirSync(join(root, folder), {recursive: true, withFileTypes: true})
		.filter(entry => entry.isFile() && /\.tsx?$/.test(entry.name))
		.map(entry => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));

type Exported = {readonly name: string; readonly hasComment: boolean};

const declaration = /^export (?:async )?(?:abstract )?(?:function\*?|const|let|type|interface|class|enum) ([\w$]+)/;

/** What a file exports. The members that a skimmer looks for are named after those of the log, under one comment. */
const exportsOf = (text: string): readonly Exported[] => {
	const lines = text.split('\n');
	return lines.flatMap((line, index) => {
		const [, name] = declaration.exec(line) ?? [];
		const above = lines.slice(0, index).findLast(one => !one.startsWith('// biome-ignore')) ?? '';
		const isMember = /= (?:new Member|countMembers)\(/.test(line);
		return name === undefined ? [] : [{name, hasComment: isMember || above.endsWith('*/')}];
	});
};

/** The names that a text imports, as `file name`; `*` stands for all of a file's. */
const importsOf = (path: string, text: string): readonly string[] => {
	const fileOf = (target: string) =>
		normalize(join(dirname(path), target))
			.replaceAll('\\', '/')
			.replace(/\.js$/, '');
	const named = [...text.matchAll(/^(?:import|export) (?:type )?(?:\w+, )?(\{[^}]*\}|\*[^'\n]*) from '(\.[^']+)'/gm)];
	const late = [...text.matchAll(/\bimport\('(\.[^']+)'\)/g)];
	return [
		...named.flatMap(([, names = '', target = '']) =>
			names.startsWith('*')
				? [`${fileOf(target)} *`]
				: names
						.slice(1, -1)
						.split(',')
						.map(
							name =>
								`${fileOf(target)} ${name
									.trim()
									.replace(/^type /, '')
									.replace(/ as .*$/s, '')}`,
						),
		),
		...late.map(([, target = '']) => `${fileOf(target)} *`),
	];
};

const read = (path: string): string => readFileSync(join(root, path), 'utf8');

// The scanner is written in AssemblyScript: what it exports is called by number and name from WebAssembly.
const sources = filesIn('source').filter(path => !path.startsWith('source/scanner/assembly/'));
const imported = new Set([...sources, ...filesIn('test')].flatMap(path => importsOf(path, read(path))));

test('every export says what it is', () => {
	const silent = sources.flatMap(path =>
		exportsOf(read(path))
			.filter(({hasComment}) => !hasComment)
			.map(({name}) => `${path} ${name}`),
	);
	expect(silent).toEqual([]);
});

test('every export is wanted by another file', () => {
	const unused = sources.flatMap(path => {
		const file = path.replace(/\.tsx?$/, '');
		return imported.has(`${file} *`)
			? []
			: exportsOf(read(path))
					.filter(({name}) => !imported.has(`${file} ${name}`))
					.map(({name}) => `${path} ${name}`);
	});
	expect(unused).toEqual([]);
});

test('an export without a comment, and a name that is imported, are found', () => {
	expect(exportsOf('/** One. */\nexport const one = 1;\nexport type Two = 2;\n')).toEqual([
		{name: 'one', hasComment: true},
		{name: 'Two', hasComment: false},
	]);
	expect(
		importsOf(
			'source/a/b.ts',
			"import type {One} from '../c.js';\nimport {\n\ttype Two,\n\tthree as four,\n} from './d.js';",
		),
	).toEqual(['source/c One', 'source/a/d Two', 'source/a/d three', 'source/a/d ']);
	expect(importsOf('source/a.ts', "const late = await import('./b/c.js');")).toEqual(['source/b/c *']);
});
