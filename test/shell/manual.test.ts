import {spawnSync} from 'node:child_process';
import {expect, test} from 'vitest';
import {helpText} from '../../source/shell/help.js';
import {manual} from '../../source/shell/manual/manual.js';
import {roffTerm, roffText} from '../../source/shell/manual/roff.js';

const page = manual();
const has = (program: string) => spawnSync(program, ['--version']).status === 0;
const rendered = (roff: string) =>
	spawnSync('groff', ['-ww', '-man', '-Tutf8', '-P-cbou'], {input: roff, encoding: 'utf8'});

test('the sections of a man page, and every flag', () => {
	const heads = [...page.matchAll(/^\.SH (.*)$/gm)].map(([, head]) => head);
	expect(heads.slice(0, 4)).toEqual(['NAME', 'SYNOPSIS', 'DESCRIPTION', 'COMMANDS']);
	expect(heads).toContain('EXIT CODES');
	expect(page).toMatch(/^\.SH NAME\nhitrate \\- htop for prompt caches$/m);
	const plain = page.replaceAll('\\-', '-').replace(/\\f[BIR]/g, '');
	for (const [flag] of helpText().matchAll(/--[a-z][a-z-]+/g)) {
		expect(plain).toContain(flag);
	}
});

test.skipIf(!has('groff'))('groff warns of nothing and shows all words of the help', () => {
	const {status, stderr, stdout} = rendered(page);
	expect({status, stderr}).toEqual({status: 0, stderr: ''});
	const words = stdout.replace(/[‐−]\n\s*/g, '').replace(/\s+/g, ' ');
	expect(words).toContain('the last N × 24 hours');
	expect(words).toContain("--exec 'docker logs -f worker'");
	expect(words).toContain('2026-11-22T14:00, "2h ago"');
	expect(words).toContain('hitrate report [SOURCE...]');
});

test.skipIf(!has('groff'))('whatever the text, it is shown and never a request', () => {
	const hostile = ['.so /etc/passwd', "'br", '\\fBx', '-dash', 'a\\', '"q" `b` ^~', 'é→×', '.'];
	const {status, stderr, stdout} = rendered(
		`.TH X 1\n.SH NAME\n${hostile.map(text => `.PP\n${roffText(text)}`).join('\n')}\n`,
	);
	expect({status, stderr}).toEqual({status: 0, stderr: ''});
	const lines = stdout.split('\n').map(line => line.trim());
	for (const text of hostile) {
		expect(lines).toContain(text);
	}
});

test('flags are bold, placeholders italic', () => {
	expect(roffTerm('-w, --window NAME')).toBe('\\fB\\-w\\fR, \\fB\\-\\-window\\fR \\fINAME\\fR');
});
