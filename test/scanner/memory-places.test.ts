import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {layoutLimits, layoutPlaces, slotBits, slotCodes} from '../../source/scanner/layout-places.js';
import {memberLimits, memberPlaces} from '../../source/scanner/member-places.js';
import {hintBits, recordFields, recordLength, tablePlaces} from '../../source/scanner/memory-places.js';

const assembly = join(import.meta.dirname, '../../source/scanner/assembly');
const source = ['memory.ts', 'member-memory.ts', 'layout-memory.ts']
	.map(name => readFileSync(join(assembly, name), 'utf8'))
	.join('');
const constants = new Map(
	[...source.matchAll(/^export const (\w+): i32 = (\w+);$/gm)].map(([, name, value]) => [name, Number(value)]),
);
const constantName = (name: string) => name.replaceAll(/[A-Z]/g, letter => `_${letter}`).toUpperCase();

test('JavaScript looks where the module puts things', () => {
	const lines = {...recordFields, ...tablePlaces, ...hintBits, recordLength};
	const places = {
		...lines,
		...memberPlaces,
		...memberLimits,
		...layoutPlaces,
		...layoutLimits,
		...slotCodes,
		...slotBits,
	};
	for (const [name, place] of Object.entries(places)) {
		expect([name, constants.get(constantName(name))]).toEqual([name, place]);
	}
});
