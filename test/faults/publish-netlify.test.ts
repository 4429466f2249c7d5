import { faultyNetlify } from './publishing/on-http.ts';
import { publishingFaults } from './publishing/suite.ts';

publishingFaults('netlify', faultyNetlify);
