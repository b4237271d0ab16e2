/// An actor-critic on many copies of a world at once (A2C). What it is and how it is used: `README.md` in
/// this folder.
///
/// [dev.clade.zoo.actor.Actor] is the door. Then: `ActorModel`, what a member does, and `ActorModels`, what
/// several do at once; `Network`, what they learn with; `Values`, its hyperparameters; `Settings`, what an
/// experiment file may say; `Environments` and `Patches`, what it sees; `Rollout`, what it is trained on;
/// `Loss`; `Episodes`, how it is measured.
@NullMarked
package dev.clade.zoo.actor;

import org.jspecify.annotations.NullMarked;
