import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';

/**
 * Bundles the program before the tests that run it, which share a folder for its compiled code: a user's second run is
 * what they all are.
 */
export const setup = (): (() => void) => {
	execFileSync('npm', ['run', '--silent', 'build'], {stdio: 'inherit'});
	const folder = mkdtempSync(join(tmpdir(), 'hitrate-cache-'));
	process.env.HITRATE_TEST_CACHE = folder;
	return () => rmSync(folder, {recursive: true, force: true});
};
