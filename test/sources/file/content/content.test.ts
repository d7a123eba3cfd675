import {deflateSync, gzipSync} from 'node:zlib';
import {expect, test} from 'vitest';
import {contentOf} from '../../../../source/sources/file/content/content.js';

const noise = Buffer.from(Array.from({length: 5000}, (_, index) => (index * index * 7919) % 251));

test.each([
	['text', Buffer.from('2025-10-20 [\x1b[32minfo\x1b[0m] \t🔥 Block 1\r\n')],
	['text', Buffer.from('caf\xe9 in Latin-1\n', 'latin1')],
	['text', Buffer.concat([Buffer.alloc(5000), Buffer.from('after a truncation\n')])],
	['text', Buffer.from('a bell \x07 in a line that is long enough not to mind it\n')],
	['text', Buffer.alloc(0)],
	['compressed', gzipSync('a')],
	['is not a text file', deflateSync(noise)],
	['is not a text file', Buffer.concat([Buffer.from('SQLite format 3\0\x10\0\x01\x01'), Buffer.alloc(500)])],
	['is not a text file', Buffer.from('no mark\n', 'utf16le')],
	['text', Buffer.from('\ufeffa mark\n', 'utf16le')],
	['text', Buffer.from('\ufeffa mark\n', 'utf16le').swap16()],
	['is UTF-32', Buffer.from('\ufeff\0a\0', 'utf16le')],
	['`unzip`', Buffer.from('PK\x03\x04\x14\0\x08\0 x.log')],
] as const)('%s %#', (content, bytes) => {
	const told = contentOf(bytes);
	expect(typeof told === 'string' ? told : told.refusal).toContain(content);
});
