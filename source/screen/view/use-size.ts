import {useStdout} from 'ink';
import {createContext, useContext, useEffect, useState} from 'react';

/** The size of the terminal in cells. */
export type Size = {readonly columns: number; readonly rows: number};

/** A size that takes the place of the terminal's, for pictures of the screen and for tests. */
export const SizeContext = createContext<Size | undefined>(undefined);

const usual: Size = {columns: 80, rows: 24};

const sizeOf = ({columns, rows}: Partial<Size>): Size => ({
	columns: columns || usual.columns,
	rows: rows || usual.rows,
});

/** Columns and rows of the terminal, kept up to date. */
export const useSize = (): Size => {
	const given = useContext(SizeContext);
	// The terminal, or our sink before it: later versions of Ink promise no more than a stream.
	const stdout = useStdout().stdout as NodeJS.WriteStream;
	const [size, setSize] = useState(() => sizeOf(stdout));
	useEffect(() => {
		const update = () =>
			setSize(before => {
				const now = sizeOf(stdout);
				return now.columns === before.columns && now.rows === before.rows ? before : now;
			});
		// It may have changed between the first rendering and now.
		update();
		stdout.on('resize', update);
		return () => {
			stdout.off('resize', update);
		};
	}, [stdout]);
	return given ?? size;
};
