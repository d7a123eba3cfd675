import {Box, Text} from 'ink';
import type {Placed} from '../page.js';
import {type Paint, paint} from '../text/paint.js';
import type {Size} from './use-size.js';

/** The parts of a page where they belong. Every line is painted here and fits already, so nothing wraps. */
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
				<Text wrap="truncate-end">{lines.map(line => paint(line, look)).join('\n')}</Text>
			</Box>
		))}
	</Box>
);
