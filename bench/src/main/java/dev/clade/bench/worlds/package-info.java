/// How fast worlds are, how well they are played at random and by who knows the rules, and what they look like:
/// `bench/run worlds` ([dev.clade.bench.worlds.Worlds]).
@NullMarked
package dev.clade.bench.worlds;

import org.jspecify.annotations.NullMarked;
