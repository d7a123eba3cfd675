import {useInput} from 'ink';
import {useRef, useState} from 'react';
import {presetChoice, presets, stepView, type View, widenView} from '../metrics/window.js';
import type {Snapshot} from '../monitor.js';
import {type Action, type ActionId, actionFor, directionOf, keyName} from './keymap.js';
import {pageOf} from './page.js';
import {Screen} from './screen.js';
import {colourTheme, monoTheme} from './theme.js';
import {useMessage} from './use-message.js';
import {usePicture, type Watched} from './use-picture.js';
import {useSize} from './use-size.js';

export type AppProps = {
	readonly monitor: Watched;
	/** The sources, as a person calls them. */
	readonly title: string;
	/** False draws with 7-bit characters only. */
	readonly unicode: boolean;
	readonly colour: boolean;
	/** IANA name of the zone that times are shown in. */
	readonly timeZone: string;
	/** Writes what is shown to files; resolves with their paths, rejects with an error for the user. */
	readonly onExport: (snapshot: Snapshot) => Promise<readonly string[]>;
	readonly onSuspend: () => void;
	/** Draws again what the terminal should show. */
	readonly onRepaint: () => void;
	readonly onQuit: () => void;
	/** Switches to a simulated backend; without it the key is not there. */
	readonly onDemo?: (() => void) | undefined;
};

/** The view that ends now and is as long as this one. */
const untilNow = ({view, report}: Snapshot): View => ({
	choice:
		view.choice.kind === 'between'
			? {kind: 'last', length: report.window.to - report.window.from, name: report.window.name}
			: view.choice,
	end: undefined,
});

/** The live screen. */
export const App = ({monitor, title, unicode, colour, timeZone, onExport, ...actions}: AppProps) => {
	const size = useSize();
	const {snapshot, waiting, togglePause, look} = usePicture(monitor);
	const [message, setMessage] = useMessage();
	const [helpOpen, setHelpOpen] = useState(false);
	const [scrolled, setScrolled] = useState(0);
	const [coloured, setColoured] = useState(colour);
	const exporting = useRef(false);
	const page = pageOf(snapshot, {
		...size,
		unicode,
		timeZone,
		title,
		waiting,
		helpOpen,
		scrolled,
		hasDemo: actions.onDemo !== undefined,
		message,
	});

	const showHelp = (open: boolean) => {
		setHelpOpen(open);
		setScrolled(0);
	};
	const lookAt = (view: View) => {
		if (view !== snapshot.view) {
			look(view);
			setScrolled(0);
		}
	};
	const scrollTo = (position: number) => setScrolled(Math.max(0, Math.min(page.scroll.most, position)));
	// The content may have become shorter since it was scrolled.
	const position = Math.min(scrolled, page.scroll.most);
	const exportFiles = async () => {
		if (exporting.current) {
			return;
		}
		exporting.current = true;
		setMessage({kind: 'exporting'});
		try {
			setMessage({kind: 'exported', paths: await onExport(snapshot)});
		} catch (error) {
			setMessage({kind: 'failed', error});
		} finally {
			exporting.current = false;
		}
	};

	const run: Readonly<Record<ActionId, (action: Action, key: string) => void>> = {
		quit: () => (helpOpen ? showHelp(false) : actions.onQuit()),
		help: () => showHelp(!helpOpen),
		close: () => showHelp(false),
		preset: ({keys}, key) => lookAt({choice: presetChoice(presets[keys.indexOf(key)] ?? 'all'), end: undefined}),
		step: (action, key) =>
			lookAt(stepView(snapshot.view, directionOf(action, key), snapshot.now, snapshot.report.span)),
		widen: (action, key) =>
			lookAt(widenView(snapshot.view, directionOf(action, key), snapshot.now, snapshot.report.span)),
		now: () => lookAt(untilNow(snapshot)),
		pause: togglePause,
		export: () => void exportFiles(),
		demo: () => actions.onDemo?.(),
		theme: () => setColoured(!coloured),
		line: (action, key) => scrollTo(position + directionOf(action, key)),
		page: (action, key) => scrollTo(position + directionOf(action, key) * page.scroll.page),
		ends: (action, key) => scrollTo(directionOf(action, key) < 0 ? 0 : page.scroll.most),
		repaint: actions.onRepaint,
		suspend: actions.onSuspend,
	};

	useInput((input, key) => {
		if (!exporting.current) {
			setMessage(undefined);
		}
		const name = keyName(input, key);
		const action = actionFor(name, page.keys);
		if (action) {
			run[action.id](action, name);
		}
	});

	return <Screen size={size} parts={page.parts} look={{theme: coloured ? colourTheme : monoTheme, unicode}} />;
};
