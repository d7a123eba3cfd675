import {statSync, writeFileSync} from 'node:fs';
import {userInfo} from 'node:os';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {makeStoreFolder} from '../../source/store/locate.js';
import {StoreError} from '../../source/store/store.js';
import {dataFolder} from '../../source/system/data-folder.js';
import {withFolder} from '../support/program.js';

describe('where stores are kept', () => {
	test.each([
		['linux', {XDG_DATA_HOME: '/data'}, '/data/hitrate'],
		['linux', {XDG_DATA_HOME: '', HOME: '/home/me'}, '/home/me/.local/share/hitrate'],
		['darwin', {HOME: '/Users/me'}, '/Users/me/Library/Application Support/hitrate'],
		['darwin', {HOME: '/Users/me', XDG_DATA_HOME: '/data'}, '/data/hitrate'],
		['win32', {HOME: '/me', LOCALAPPDATA: '/me/Local'}, '/me/Local/hitrate'],
		['linux', {}, join(userInfo().homedir, '.local/share/hitrate')],
		['linux', {HOME: ''}, join(userInfo().homedir, '.local/share/hitrate')],
	] as const)('%s, %o', (platform, env, folder) => {
		expect(dataFolder({platform, env})).toBe(folder);
	});

	test('the folder is made for its owner alone, and may be there', () =>
		withFolder(async folder => {
			const made = join(folder, 'share', 'hitrate');
			makeStoreFolder(made);
			makeStoreFolder(made);
			expect(statSync(made).mode & 0o777).toBe(0o700);
		}));

	test('a folder that cannot be created is reported', () =>
		withFolder(async folder => {
			writeFileSync(join(folder, 'file'), '');
			expect(() => makeStoreFolder(join(folder, 'file', 'hitrate'))).toThrow(StoreError);
		}));
});
