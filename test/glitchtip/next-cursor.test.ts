import {expect, test} from 'vitest';
import {nextCursor} from '../../source/glitchtip/next-cursor.js';

const address = 'http://127.0.0.1:8000/api/0/projects/acme/suna/events/';
const previous = `<${address}?cursor=before>; rel="previous"; results="false"`;

test.each([
	['with its parameter', `${previous}, <${address}?cursor=cD0y>; rel="next"; results="true"; cursor="cD0y"`, 'cD0y'],
	['in the address alone', `${previous}, <${address}?limit=5&cursor=a%2Bb%3D>; rel="next"; results="true"`, 'a+b='],
	['the next page first', `<${address}?cursor=after>; rel="next"; results="true", ${previous}`, 'after'],
	['no more pages', `${previous}, <${address}?cursor=cD0y>; rel="next"; results="false"; cursor="cD0y"`, undefined],
	['no next page', previous, undefined],
	['no header', null, undefined],
	['a page without a cursor', `<${address}>; rel="next"; results="true"`, undefined],
	['a cursor of a megabyte', `<x>; rel="next"; results="true"; cursor="${'x'.repeat(1 << 20)}"`, undefined],
	['something else', '>; rel="next"; results="true"; cursor="x"<', undefined],
])('%s', (_, link, cursor) => {
	expect(nextCursor(link)).toBe(cursor);
});
