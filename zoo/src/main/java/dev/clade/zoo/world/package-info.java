/// Worlds that agents are trained in, simulated here: [dev.clade.zoo.world.World] is the contract,
/// [dev.clade.zoo.world.Player] who plays, [dev.clade.zoo.world.Frame] a picture of it, and
/// [dev.clade.zoo.world.Sticky] a world whose actions may stick. In a [dev.clade.zoo.world.Targeted] one an
/// action is a function and a target, with masks of what is possible: an agent may take it apart, or see it
/// flat as any other. Worlds are packages below; a [dev.clade.zoo.world.Level] is one that experiment files
/// can name. `README.md` in this folder has the contract and a table of all levels.
@NullMarked
package dev.clade.zoo.world;

import org.jspecify.annotations.NullMarked;
