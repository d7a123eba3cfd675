import {execFileSync} from 'node:child_process';

/** Bundles the program before the tests that run it. */
export const setup = (): void => {
	execFileSync('npm', ['run', '--silent', 'build'], {stdio: 'inherit'});
};
