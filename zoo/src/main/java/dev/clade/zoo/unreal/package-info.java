/// UNREAL: A3C with a memory that learns other tasks beside the game (Jaderberg et al. 2016, arXiv
/// 1611.05397). What it is and how it is used: `README.md` in this folder.
///
/// [dev.clade.zoo.unreal.Unreal] is the door and the agent. Then: `Network`, what it learns with, and
/// `Vision`, what it sees by; `Curriculum`, what a learner learns by; `PixelControl`, `RewardPrediction` and
/// `ValueReplay`, the tasks beside the game, and `Tasks`, which of them there are; `Replay`, what they learn
/// from: `Windows` and `Triples` of what the `Ring` of each environment keeps; `Cells`, whose pixels change;
/// `Costs`, the hyperparameters that are its own. What it shares with other agents is in
/// [dev.clade.zoo.agent].
@NullMarked
package dev.clade.zoo.unreal;

import org.jspecify.annotations.NullMarked;
