/// A small actor-critic agent that learns to swing a pole up and to hold it there, simulated and trained in plain
/// Java. [dev.clade.toys.pole.PoleTrainer] is the door; behind it, in reading order: `CartPole` (physics),
/// `SwingUp` (the task), `Network`, `Adam`, `Agent` (two networks and how they learn), `Practice` and `Rollout`
/// (what they learn from).
///
/// Everything is arithmetic, square roots and `StrictMath`: the same seed gives the same bits on every machine.
@NullMarked
package dev.clade.toys.pole;

import org.jspecify.annotations.NullMarked;
