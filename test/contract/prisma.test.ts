import { prisma as record } from '../../packages/catalogue/src/drivers/prisma.ts';
import { contract } from './contract.ts';

contract(record, { types: {}, unimportable: ['@prisma/client'] });
