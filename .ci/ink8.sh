#!/usr/bin/env bash
# The next major release of Ink, on the release of Node that it needs: the tests of the screen and of the terminal, and
# the bundle in a pseudo terminal. Works on a copy; the project stays as it is. Prints pass or FAIL of each; ends with a
# non-zero code where anything failed. Needs the registry of npm.
set -uo pipefail
cd "$(dirname "$0")/.."

ink=${INK:-8}
node=${NODE:-24}
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
failed=0

outcome() {
	if [ "$1" -eq 0 ]; then
		echo "pass: $2"
	else
		echo "FAIL: $2"
		failed=1
	fi
}

cp -r source .scripts test package.json package-lock.json tsconfig.json readme.md license media "$copy" || exit 1
cd "$copy" || exit 1
# Packages that are built or chosen for a platform are taken for this release of Node.
npm install --no-audit --no-fund --loglevel=error "node@$node" || exit 1
PATH="$copy/node_modules/node/bin:$copy/node_modules/.bin:$PATH"
npm install --no-audit --no-fund --loglevel=error --legacy-peer-deps "ink@$ink" || exit 1
echo "Ink $(node -p "require('./node_modules/ink/package.json').version") on Node $(node --version)"

npx tsc >types.txt 2>&1
status=$?
outcome "$status" 'types'
[ "$status" -eq 0 ] || head -20 types.txt

npm run --silent build
outcome $? 'the bundle'

npx vitest run --config test/vitest.config.ts --root . test/screen test/terminal test/program/screen.test.ts >tests.txt 2>&1
status=$?
outcome "$status" "the tests of the screen, the terminal and the program in one: $(sed 's/\x1b\[[0-9;]*m//g' tests.txt | grep -aE '^ *Tests ' | tail -1)"
[ "$status" -eq 0 ] || tail -60 tests.txt

cat >smoke.mjs <<'JS'
import {spawn} from '@lydell/node-pty';

const child = spawn(process.execPath, ['dist/cli.js', '--demo', '--tz', 'UTC'], {
	name: 'xterm-256color',
	cols: 100,
	rows: 30,
	env: {...process.env, LANG: 'C.UTF-8'},
});
let sent = '';
const asked = {seen: false};
const giveUp = setTimeout(() => {
	child.kill('SIGKILL');
	console.log(`nothing to see within a minute; sent: ${JSON.stringify(sent.slice(0, 2000))}`);
	process.exit(1);
}, 60_000);
child.onData(data => {
	sent += data;
	if (!asked.seen && /Overview/.test(sent)) {
		asked.seen = true;
		child.write('q');
	}
});
child.onExit(({exitCode}) => {
	clearTimeout(giveUp);
	process.exit(asked.seen && exitCode === 0 && sent.includes('\u001B[?1049l') ? 0 : 1);
});
JS
node smoke.mjs
outcome $? 'the bundle shows the demo in a pseudo terminal, and q ends it with the screen given back'
exit "$failed"
