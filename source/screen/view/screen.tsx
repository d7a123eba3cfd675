import {Box, Transform} from 'ink';
import type {Placed} from '../page-parts.js';
import {type Paint, paint} from '../text/paint.js';
import type {Size} from './use-size.js';

/**
 * The parts of a page where they belong. Every line is painted here and fits already: Ink lays out blanks in their
 * place, for it takes long to measure a text, and keeps each that it ever measured.
 */
export const Screen = ({
	size,
	parts,
	look,
}: {
	readonly size: Size;
	readonly parts: readonly Placed[];
	readonly look: Paint;
}) => (
	<Box width={size.columns} height={size.rows}>
		{parts.map(({name, column, row, lines}) => (
			<Box key={name} position="absolute" marginLeft={column} marginTop={row} width={size.columns - column}>
				<Transform transform={(_, index) => paint(lines[index] ?? [], look)}>
					{lines.map(() => ' ').join('\n')}
				</Transform>
			</Box>
		))}
	</Box>
);
