package dev.clade.zoo.feudal;

import dev.clade.settings.Fields;
import dev.clade.settings.Setting;

/// What an experiment file says of FuN beside what every agent has.
///
/// @param horizon how many steps ahead the manager's goals are meant, the paper's `c`
/// @param radius of its dilated LSTM, the paper's `r`
/// @param discount of the manager
/// @param randomGoals how likely it is that a step's goal is a random one, in `[0, 1)`
record Hierarchy(int horizon, int radius, double discount, double randomGoals) {

    /// As in the paper (from memory; see README.md), but for the chance of random goals, which is ours.
    static final Hierarchy DEFAULT = new Hierarchy(10, 10, 0.99, 0.01);

    private static final int LONGEST = 50;

    static Hierarchy read(Fields fields) {
        return new Hierarchy(
                fields.find("horizon").map(Hierarchy::steps).orElse(DEFAULT.horizon),
                fields.find("radius").map(Hierarchy::steps).orElse(DEFAULT.radius),
                fields.find("manager_discount").map(s -> s.asReal(0, 1)).orElse(DEFAULT.discount),
                fields.find("random_goals").map(s -> s.asReal(0, 0.99)).orElse(DEFAULT.randomGoals));
    }

    private static int steps(Setting setting) {
        int steps = setting.asCount(1);
        if (steps > LONGEST) {
            throw setting.wrong(setting.asText(), "at most " + LONGEST);
        }
        return steps;
    }
}
