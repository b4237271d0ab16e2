/// Agents with a recurrent memory whose actor-learners share weights, whatever they learn by: what A3C, UNREAL and FuN
/// have in common.
///
/// An [dev.clade.zoo.agent.Agent] is a [dev.clade.zoo.agent.RecurrentNetwork] and a lesson;
/// [dev.clade.zoo.agent.AgentModel] is a member that it makes. Each of its `Learner`s acts in its `Environments`, so
/// that
/// an [dev.clade.zoo.agent.Unroll] comes of it, which the lesson makes a loss of. [dev.clade.zoo.agent.Actions] are
/// what
/// may be done, [dev.clade.zoo.agent.Policy] how likely each is, [dev.clade.zoo.agent.Lstm] a memory; `Recent` and
/// `Episodes` are what is measured.
@NullMarked
package dev.clade.zoo.agent;

import org.jspecify.annotations.NullMarked;
