/** The ids of the elements of the page that hold the worker's program and the packed images. */
export const PROGRAM = 'trainer';
export const IMAGES = 'digits-images';
