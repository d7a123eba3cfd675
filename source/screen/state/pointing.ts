import type {MouseAction} from '../../terminal/mouse.js';
import type {Page} from '../page-parts.js';
import type {Tab} from '../tabs.js';
import {type Click, clickAt} from '../targets.js';
import type {Size} from '../view/use-size.js';
import type {Location} from './location.js';
import {selected} from './navigation.js';
import type {ScreenState} from './screen-state.js';

/** The functions through which the mouse changes the screen. */
type PointingOptions = {
	readonly get: () => ScreenState;
	readonly page: (size: Size) => Page;
	readonly go: (parts: Partial<Location>) => void;
	readonly goToTab: (tab: Tab) => void;
	/** Does what Enter does. */
	readonly open: (page: Page, size: Size) => void;
	/** Moves the selection, or scrolls, by so many rows. */
	readonly move: (page: Page, by: number) => void;
};

/** Rows per notch of the wheel. */
const wheelRows = 3;

/** Handles a mouse action; ignored while something is being typed. */
export const point = (action: MouseAction, size: Size, {get, page: draw, ...does}: PointingOptions): void => {
	const {prompt, cover, location} = get();
	if (prompt) {
		return;
	}
	const page = draw(size);
	const isCovered = cover !== undefined;
	if (action.kind === 'wheel') {
		does.move(page, action.direction * (isCovered || page.list ? wheelRows : 1));
		return;
	}
	const click = isCovered ? undefined : clickAt(page.targets, action.column, action.row);
	if (click?.kind === 'tab') {
		does.goToTab(click.tab);
	} else if (click && isSelected(click, page, location)) {
		does.open(page, size);
	} else if (click?.kind === 'advice') {
		does.go({advice: click.index});
	} else if (click && page.list) {
		does.go(selected(location, page.list, click.index));
	}
};

/** True if the click is on the selected item, so that it opens it as Enter does. The first click selects. */
const isSelected = (click: Exclude<Click, {kind: 'tab'}>, {list}: Page, {advice}: Location): boolean =>
	click.index === (click.kind === 'advice' ? advice : list?.position.selected);
