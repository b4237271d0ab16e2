/// How fast worlds are, how well they are played at random and by who knows the rules, and what they look
/// like: `bench/run worlds` ([dev.clade.bench.worlds.Worlds]) for the arcade, `bench/run battles`
/// ([dev.clade.bench.worlds.Battles]) for the battle grid, `bench/run mazes` ([dev.clade.bench.worlds.Mazes]) for the
/// maze.
@NullMarked
package dev.clade.bench.worlds;

import org.jspecify.annotations.NullMarked;
