/** The program of the workers that train and measure: apart from the page's, which can be shown without all that they need. */
import { deviceJob } from '../device/job.js';
import { serve } from '../work/serve.js';
import { digitsJob } from './job.js';

serve({ device: deviceJob, digits: digitsJob });
