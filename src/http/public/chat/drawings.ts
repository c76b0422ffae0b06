// Drawings that more than one part shows: paths in a field of 20 by 20 units.

export const CROSS = 'm6 6 8 8m0-8-8 8';
export const CLIP = 'm8 11 5-5a2.5 2.5 0 0 1 3.5 3.5l-6.5 6.5a4 4 0 0 1-5.7-5.7L11 3.7';
export const SHIELD = 'M10 2 4 4.5v4.8c0 3.9 2.6 6.8 6 8.2 3.4-1.4 6-4.3 6-8.2V4.5z';
