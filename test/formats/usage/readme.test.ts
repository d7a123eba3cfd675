import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {shapes} from '../../../source/formats/usage/shapes/table.js';

test('the readme names every wording of the table of shapes', () => {
	const readme = readFileSync(new URL('../../../readme.md', import.meta.url), 'utf8');
	expect(shapes.filter(({name}) => !readme.includes(name)).map(({name}) => name)).toEqual([]);
});
