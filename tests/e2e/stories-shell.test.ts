import { describe, test } from 'vitest';
import { whyNoElectron } from '../support/app-hosts.ts';
import { tellMainJob } from './main-job.ts';
import { STORIES } from './story.ts';

/** One story is enough here: what differs from page mode is the window, the bridge and the dialogs. */
const stories = STORIES.filter(({ locale }) => locale === 'ru');
const missing = whyNoElectron();
console.log(
  `Hosts of the main job: page mode, the shell on the stand-in for Electron, ${
    missing === null ? 'Electron' : `not Electron itself (${missing})`
  }.`,
);

describe('in the shell on the stand-in for Electron', () => tellMainJob({ host: 'stand-in', stories }));

if (missing === null) describe('in Electron', () => tellMainJob({ host: 'electron', stories }));
else test(`in Electron: ${missing}, so this host did not run`, ({ skip }) => skip());
