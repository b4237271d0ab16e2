/// Four arcade games on a board of 10 x 10 cells, in the manner of MinAtar: `README.md` in this folder has
/// the rules, the scores of random and scripted play, and a picture of each.
///
/// [dev.clade.zoo.world.arcade.Arcade] names them. `Game` is what they have in common; `Bricks`, `Crossing`,
/// `Dots` and `Thrust` are the games.
@NullMarked
package dev.clade.zoo.world.arcade;

import org.jspecify.annotations.NullMarked;
