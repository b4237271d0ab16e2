package dev.clade.testkit;

import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// Asserts a law over many generated cases. Each case has randomness of its own, keyed by the seed and
/// its number, so that one case can be had again without the others.
public final class Property {

    private static final int MOST_STEPS = 1000;

    private Property() {}

    /// What must hold for a value; it throws where it does not.
    @FunctionalInterface
    public interface Law<T> {
        void check(T value) throws Exception;
    }

    public static <T> void holds(long seed, int cases, Function<RandomGenerator, T> generator, Law<T> law) {
        holds(seed, cases, generator, Shrinker.none(), law);
    }

    /// As above; the first case that breaks the law is made as simple as `shrinker` can make it while it still does.
    public static <T> void holds(
            long seed, int cases, Function<RandomGenerator, T> generator, Shrinker<T> shrinker, Law<T> law) {
        if (cases < 1) {
            throw new IllegalArgumentException("a law needs at least 1 case, and has " + cases);
        }
        for (int number = 0; number < cases; number++) {
            var value = generator.apply(randomness(seed, number));
            var fault = fault(law, value);
            if (fault.isPresent()) {
                throw broken(seed, number, cases, value, fault.get(), shrinker, law);
            }
        }
    }

    /// The randomness of one case.
    public static RandomGenerator randomness(long seed, int number) {
        return new SplittableRandom(new SplittableRandom(seed).nextLong() + number * 0x9E3779B97F4A7C15L);
    }

    private static <T> AssertionError broken(
            long seed, int number, int cases, T value, Throwable fault, Shrinker<T> shrinker, Law<T> law) {
        var simplest = value;
        var simplestFault = fault;
        var steps = 0;
        for (var next = simplerFailing(simplest, shrinker, law);
                next.isPresent() && steps < MOST_STEPS;
                next = simplerFailing(simplest, shrinker, law)) {
            simplest = next.get().value();
            simplestFault = next.get().fault();
            steps++;
        }
        var message = new StringBuilder("The law is broken by case %d of %d, seed %d.".formatted(number, cases, seed))
                .append("\n  case:   ")
                .append(value);
        if (steps > 0) {
            message.append("\n  shrunk: ")
                    .append(simplest)
                    .append("   (")
                    .append(steps)
                    .append(" steps)");
        }
        message.append("\n  why:    ")
                .append(simplestFault)
                .append("\n  again:  Property.randomness(")
                .append(seed)
                .append("L, ")
                .append(number)
                .append(") makes this case");
        where().ifPresent(test -> message.append("\n          ").append(test));
        return new AssertionError(message.toString(), simplestFault);
    }

    private record Failing<T>(T value, Throwable fault) {}

    private static <T> Optional<Failing<T>> simplerFailing(T value, Shrinker<T> shrinker, Law<T> law) {
        return shrinker.simpler(value)
                .flatMap(simpler -> fault(law, simpler).map(fault -> new Failing<>(simpler, fault)).stream())
                .findFirst();
    }

    private static <T> Optional<Throwable> fault(Law<T> law, T value) {
        try {
            law.check(value);
            return Optional.empty();
        } catch (Exception | AssertionError | StackOverflowError fault) {
            return Optional.of(fault);
        }
    }

    /// The command that runs the calling test alone.
    private static Optional<String> where() {
        return StackWalker.getInstance()
                .walk(frames -> frames.filter(frame -> !frame.getClassName().equals(Property.class.getName()))
                        .findFirst())
                .map(frame -> "./mvnw -pl %s -am test -Dsurefire.failIfNoSpecifiedTests=false -Dtest=%s#%s"
                        .formatted(
                                Path.of("").toAbsolutePath().getFileName(),
                                frame.getClassName().replaceFirst(".*\\.", ""),
                                frame.getMethodName().replaceFirst("lambda\\$(.*)\\$\\d+", "$1")));
    }
}
