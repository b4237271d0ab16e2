/// Worlds that agents are trained in, simulated here: [dev.clade.zoo.world.World] is the contract,
/// [dev.clade.zoo.world.Player] who plays, [dev.clade.zoo.world.Frame] a picture of it, and
/// [dev.clade.zoo.world.Sticky] a world whose actions may stick. Games are packages below.
@NullMarked
package dev.clade.zoo.world;

import org.jspecify.annotations.NullMarked;
