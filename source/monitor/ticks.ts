/** Milliseconds after which a window that ends now is computed again even if nothing was read. */
export const tick = 15_000;

/** Milliseconds before its expiry from which a chain's countdown is updated more often. */
export const lastMinute = 60_000;
/** Milliseconds between updates of countdowns in their last minute. */
export const lastMinuteTick = 5000;
