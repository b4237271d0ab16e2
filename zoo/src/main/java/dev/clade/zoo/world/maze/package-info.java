/// A first-person maze in three dimensions, in the manner of DeepMind Lab (Beattie et al. 2016, arXiv 1612.03801):
/// walls, doors, pits, fog, apples, keys and goals, drawn by ray casting. `README.md` in this folder has the rules of
/// each level, the scores of random and scripted play, and pictures.
///
/// [dev.clade.zoo.world.maze.Maze] names the levels, [dev.clade.zoo.world.maze.Options] says how they are seen. `Plan`
/// is the grid, `Body` who walks in it, `Eye` draws, `Rules` are those of a level, `Walker` plays all of them.
@NullMarked
package dev.clade.zoo.world.maze;

import org.jspecify.annotations.NullMarked;
