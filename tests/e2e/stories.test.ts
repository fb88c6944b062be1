import { describe } from 'vitest';
import { tellMainJob } from './main-job.ts';
import { STORIES } from './story.ts';

describe('in page mode', () => tellMainJob({ host: 'page', stories: STORIES }));
