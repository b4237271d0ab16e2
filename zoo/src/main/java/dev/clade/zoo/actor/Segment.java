package dev.clade.zoo.actor;

import dev.clade.random.Randomness;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/// What is new in a segment: the values in force, worlds at the beginning of an episode, and the stream that
/// actions are drawn from.
final class Segment {

    /// Live measurements are over so many episodes.
    private static final int RECENT = 10;

    private final Values values;
    private final Environments environments;
    private final RandomGenerator actions;
    private final Choice choice;
    private final Deque<Double> recent = new ArrayDeque<>();

    Segment(Values values, Environments environments, Choice choice, RandomGenerator actions) {
        this.values = values;
        this.environments = environments;
        this.choice = choice;
        this.actions = actions;
    }

    static Segment of(Values values, Settings settings, Choice choice, Randomness random) {
        var environments = new Environments(settings::world, settings.environments(), random, "environment");
        return new Segment(values, environments, choice, random.of("actions"));
    }

    Values values() {
        return values;
    }

    Environments environments() {
        return environments;
    }

    /// Chooses by what the network said.
    int choose(float[] outputs, int at) {
        return choice.of(outputs, at, environments.actions(), actions.nextDouble());
    }

    /// An episode is over.
    void ended(double played) {
        if (recent.size() == RECENT) {
            recent.removeFirst();
        }
        recent.addLast(played);
    }

    /// The mean return of the last ten episodes that ended; none before there are ten.
    OptionalDouble recent() {
        return recent.size() < RECENT
                ? OptionalDouble.empty()
                : recent.stream().mapToDouble(Double::doubleValue).average();
    }
}
