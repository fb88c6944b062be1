import { testHistories } from './run-histories.ts';

testHistories(1, 500);
