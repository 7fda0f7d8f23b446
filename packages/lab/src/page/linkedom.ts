/** In a browser, in the place of linkedom: the chart module draws with the page's own document. */
export const parseHTML = (): { document: Document } => ({ document });
