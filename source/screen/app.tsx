import {useInput} from 'ink';
import {useEffect, useState, useSyncExternalStore} from 'react';
import type {MouseAction} from '../terminal/mouse.js';
import {keyName, keyText} from './keys/key-names.js';
import {Session} from './state/session.js';
import type {SessionOptions} from './state/session-state.js';
import {themes} from './theme.js';
import {Screen} from './view/screen.js';
import {useSize} from './view/use-size.js';

/** What the live screen begins with. */
export type AppProps = SessionOptions;

/** The live screen. It keeps the props it began with: give it another `key` to begin with others. */
export const App = (props: AppProps) => {
	const [session] = useState(() => new Session(props));
	const size = useSize();
	const {monitor, mouse, unicode} = props;
	const {theme} = useSyncExternalStore(session.subscribe, session.getState);
	useSyncExternalStore(monitor.subscribe, monitor.getSnapshot);
	useEffect(() => () => session.close(), [session]);
	useEffect(() => {
		const act = (action: MouseAction) => session.point(action, size);
		mouse?.on('mouse', act);
		return () => {
			mouse?.off('mouse', act);
		};
	}, [session, mouse, size]);
	useInput((input, key) => session.press(keyName(input, key), size, keyText(input, key)));
	return <Screen size={size} parts={session.page(size).parts} look={{theme: themes[theme], unicode}} />;
};
