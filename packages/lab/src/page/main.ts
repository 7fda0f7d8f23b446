/** The page's program. In the page it draws; in a worker, which is started from the same text, it computes. */
import { start } from './app.js';
import { JOBS } from './work/jobs.js';
import { serve } from './work/serve.js';

if (typeof document === 'undefined') serve(JOBS);
else start(document.getElementById('root')!);
