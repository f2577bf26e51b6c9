// Draws the picture of README.md anew: node test/support/write-picture.ts

import { writeFileSync } from 'node:fs';
import { drawPicture, PICTURE } from './picture.ts';

writeFileSync(PICTURE, drawPicture());
