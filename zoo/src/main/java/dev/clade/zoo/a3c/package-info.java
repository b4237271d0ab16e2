/// Asynchronous advantage actor-critic with a memory (A3C). What it is and how it is used: `README.md` in this folder.
///
/// [dev.clade.zoo.a3c.A3c] is the door and the agent; `Network`, what it learns with; `Costs`, the hyperparameters that
/// are its own. What it shares with other agents is in [dev.clade.zoo.agent].
@NullMarked
package dev.clade.zoo.a3c;

import org.jspecify.annotations.NullMarked;
