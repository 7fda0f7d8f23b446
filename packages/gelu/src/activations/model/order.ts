/** 0: the function; 1, 2: its first, second derivative. */
export type Order = 0 | 1 | 2;
