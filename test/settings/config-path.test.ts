import {expect, test} from 'vitest';
import {configPath} from '../../source/settings/config-path.js';

test.each([
	[{XDG_CONFIG_HOME: '/etc/me'}, '/home/me', 'linux', '/etc/me/hitrate/config.json'],
	[{}, '/home/me', 'linux', '/home/me/.config/hitrate/config.json'],
	[{}, '/Users/me', 'darwin', '/Users/me/Library/Application Support/hitrate/config.json'],
	[{APPDATA: '/roaming'}, undefined, 'win32', '/roaming/hitrate/config.json'],
	[{}, undefined, 'linux', undefined],
] as const)('%j at %s on %s', (env, home, platform, path) => {
	expect(configPath({env, home, platform})).toBe(path);
});
