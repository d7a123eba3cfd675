import {useInput} from 'ink';
import {useEffect, useState, useSyncExternalStore} from 'react';
import type {MouseAction} from '../terminal/mouse.js';
import {keyName, keyText} from './keys/key-names.js';
import {Controller} from './state/controller.js';
import type {ScreenOptions} from './state/screen-state.js';
import {themes} from './theme.js';
import {Screen} from './view/screen.js';
import {useSize} from './view/use-size.js';

/** What the live screen begins with. */
export type AppProps = ScreenOptions;

/** The live screen. It keeps the props it began with: give it another `key` to begin with others. */
export const App = (props: AppProps) => {
	const [controller] = useState(() => new Controller(props));
	const size = useSize();
	const {monitor, mouse, unicode} = props;
	const {theme} = useSyncExternalStore(controller.subscribe, controller.getState);
	useSyncExternalStore(monitor.subscribe, monitor.getSnapshot);
	useEffect(() => () => controller.close(), [controller]);
	useEffect(() => {
		const act = (action: MouseAction) => controller.point(action, size);
		mouse?.on('mouse', act);
		return () => {
			mouse?.off('mouse', act);
		};
	}, [controller, mouse, size]);
	useInput((input, key) => controller.press(keyName(input, key), size, keyText(input, key)));
	return <Screen size={size} parts={controller.page(size).parts} look={{theme: themes[theme], unicode}} />;
};
