import {expect, test} from 'vitest';
import {style} from '../../../source/output/html/style.js';
import {colourOf, contrast, leastContrast} from '../../support/contrast.js';

/** The colours of each `:root` block: light, dark, paper. */
const palettes = [...style.matchAll(/:root \{([^}]*)\}/g)].map(
	([, block = '']) =>
		new Map([...block.matchAll(/--(\w+): (#\w+)/g)].map(([, name = '', colour = '']) => [name, colour])),
);
/** What is drawn and not written: lines, dots and bars. */
const drawn = new Set(['line', 'second', 'bar']);
const grounds = new Set(['page', 'card']);

test('the page has colours for light, dark and paper', () => {
	expect(palettes).toHaveLength(3);
});

test.each(palettes.map((palette, index) => [['light', 'dark', 'paper'][index], palette] as const))(
	'every text of the page can be read: %s',
	(_, palette) => {
		for (const ground of grounds) {
			for (const [name, colour] of palette) {
				if (!(drawn.has(name) || grounds.has(name))) {
					const found = contrast(colourOf(colour), colourOf(palette.get(ground) ?? ''));
					expect(found, `${name} on ${ground}`).toBeGreaterThanOrEqual(leastContrast);
				}
			}
		}
	},
);
