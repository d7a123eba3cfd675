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
	['gzip', gzipSync('a')],
	['binary', deflateSync(noise)],
	['binary', Buffer.concat([Buffer.from('SQLite format 3\0\x10\0\x01\x01'), Buffer.alloc(500)])],
	['binary', Buffer.from('no mark\n', 'utf16le')],
	['utf-16', Buffer.from('\ufeffa mark\n', 'utf16le')],
	['utf-16', Buffer.from('\ufeffa mark\n', 'utf16le').swap16()],
] as const)('%s %#', (content, bytes) => {
	expect(contentOf(bytes)).toBe(content);
});
