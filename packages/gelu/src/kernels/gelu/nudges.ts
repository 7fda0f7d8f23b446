import type { Approximate } from '../../activations/gelu/approximate.js';
import type { Nudge } from './smooth.js';

/**
 * Corrections of the three functions and of their derivatives. Made by `node scripts/find-nudges.mjs`, which tries all 2³²
 * inputs.
 */
// biome-ignore format: data
export const NUDGES: { readonly [form in Approximate]: readonly [readonly Nudge[], readonly Nudge[]] } = {
  none: [
    [[468,0,4],[566,0,3],[1705,0,-32],[2493,0,-96],[2934,0,96],[4067,0,48]],
    [[610,0,1],[625,"x0",-0.5323486328125],[625,0,1],[3108,0,192],[5987,0,512]],
  ],
  tanh: [
    [[4688,0,-32],[6981,0,64],[7621,0,192]],
    [[1058,"x0",-0.557373046875],[1058,0,1],[7449,0,128],[7954,0,12]],
  ],
  sigmoid: [
    [[975,0,-16],[1032,0,-32],[1997,0,-6],[3373,0,24],[8313,0,12],[8315,0,-1],[8317,0,1],[8319,0,-6]],
    [[9120,1,2048],[9298,0,6]],
  ],
};
