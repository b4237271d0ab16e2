/// Battles of several units on a grid, in the manner of the mini-games of StarCraft II: `README.md` in this
/// folder has the rules, the layers and functions, the scores of random and scripted play, and a picture of
/// each.
///
/// [dev.clade.zoo.world.battle.Battle] names them. `Skirmish` is the world: what is seen and what can be
/// done. `Arena` is what it happens in, on a `Board` and under `Fog`; `Fight` and `Labour` are its rules. A
/// `Mission` is a mini-game: who stands there at first, what is rewarded, and who plays it by script.
@NullMarked
package dev.clade.zoo.world.battle;

import org.jspecify.annotations.NullMarked;
