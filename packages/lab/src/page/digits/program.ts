/** The program of the worker that trains: apart from the page's, which does not need jax-js to be shown. */
import { serve } from '../work/serve.js';
import { digitsJob } from './job.js';

serve({ digits: digitsJob });
