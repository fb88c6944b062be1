import { testHistories } from './run-histories.ts';

testHistories(501, 1000);
