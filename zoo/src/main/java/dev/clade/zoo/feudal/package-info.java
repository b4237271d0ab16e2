/// FeUdal Networks (FuN): a manager that sets goals and a worker that acts. What it is and how it is used:
/// `README.md` in this folder.
///
/// [dev.clade.zoo.feudal.Fun] is the door and the agent; `Network`, what it learns with: `Percept`,
/// `GoalSetter` with its `Dilated` LSTM, and `Worker`. `Memory` is what it remembers of an environment. In
/// an unroll, `Ends` and `Window` say what lies together, `Travel` how the manager's state moved,
/// `Transition` what the manager minimises. `Exploration` is random goals, `Hierarchy` what an experiment
/// file may say, `Costs` the hyperparameters that are its own. What it shares with other agents is in
/// [dev.clade.zoo.agent].
@NullMarked
package dev.clade.zoo.feudal;

import org.jspecify.annotations.NullMarked;
