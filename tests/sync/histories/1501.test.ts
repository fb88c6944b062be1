import { testHistories } from './run-histories.ts';

testHistories(1501, 2000);
