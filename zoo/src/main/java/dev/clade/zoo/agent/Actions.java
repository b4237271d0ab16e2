package dev.clade.zoo.agent;

import dev.clade.zoo.world.Targeted;
import dev.clade.zoo.world.World;

/// What may be done in a world, as [Targeted] has it: functions, of which those behind the first `plain` are aimed
/// at a target. A world that is not targeted has as many plain functions as actions, and nothing to aim at.
///
/// A policy has a logit for each function and, for each aimed function, one for each target:
///
/// ```
/// function                                           function
/// functions + (function - plain) * targets + target  target of an aimed function
/// ```
///
/// @param functions how many
/// @param plain how many of them take no target
/// @param targets of an aimed function; 0 where there is none
public record Actions(int functions, int plain, int targets) {

    public static Actions of(World world) {
        return world instanceof Targeted aimed
                ? new Actions(aimed.functions(), aimed.plain(), aimed.targets())
                : new Actions(world.actions(), world.actions(), 0);
    }

    /// What is done: a function and, if it is aimed, a target; else -1.
    public record Action(int function, int target) {}

    public int aimed() {
        return functions - plain;
    }

    public boolean aimed(int function) {
        return function >= plain;
    }

    /// How many logits a policy has.
    public int logits() {
        return functions + aimed() * targets;
    }

    /// Where the logits of an aimed function's targets begin.
    int targetsOf(int function) {
        return functions + (function - plain) * targets;
    }

    /// The number that a world knows an action by.
    public int number(Action action) {
        return aimed(action.function())
                ? plain + (action.function() - plain) * targets + action.target()
                : action.function();
    }

    /// Writes which functions and targets are possible now: 0, or [#IMPOSSIBLE], to be added to logits.
    ///
    /// @param into all of the [#logits] numbers from `at` on are written
    void mask(World world, float[] into, int at) {
        if (!(world instanceof Targeted targeted)) {
            throw new IllegalArgumentException("a world without targets has no masks");
        }
        targeted.functionMask(into, at);
        for (int function = plain; function < functions; function++) {
            targeted.targetMask(function, into, at + targetsOf(function));
        }
        for (int i = at; i < at + logits(); i++) {
            into[i] = into[i] == 0 ? IMPOSSIBLE : 0;
        }
    }

    /// What is added to the logit of what cannot be done: no float is as small after the exponential, and no
    /// product with its probability of 0 is lost.
    static final float IMPOSSIBLE = -1e9f;
}
