/** Milliseconds after which a window that ends now has moved on, though nothing changed. */
export const tick = 15_000;

/** Time left, milliseconds, from which on a chain that is about to expire is told more often. */
export const lastMinute = 60_000;
/** How often countdowns in their last minute are updated, milliseconds. */
export const lastMinuteTick = 5000;
