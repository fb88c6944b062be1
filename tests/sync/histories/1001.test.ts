import { testHistories } from './run-histories.ts';

testHistories(1001, 1500);
