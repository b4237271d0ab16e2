package dev.clade.zoo.unreal;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What happened lately in a learner's environments, to be learned from once more.
final class Replay {

    private final Cells cells;
    private final int width;
    private final List<Ring> rings;

    /// @param capacity steps of each environment that are kept, at least 1
    /// @param width numbers of what was before a step
    Replay(Cells cells, int environments, int capacity, int width) {
        this.cells = cells;
        this.width = width;
        rings = Stream.generate(() -> new Ring(cells, capacity, width))
                .limit(environments)
                .toList();
    }

    Ring ring(int environment) {
        return rings.get(environment);
    }

    /// Draws stretches of episodes: the environment first, each as likely as any other, then the beginning,
    /// so that all steps are known wherever it can be so. What an environment's latest step was followed by is
    /// not known yet.
    ///
    /// @param steps of each at most
    /// @return empty while there is an environment with fewer than two steps
    Optional<Windows> windows(int count, int steps, RandomGenerator random) {
        if (rings.stream().anyMatch(ring -> ring.count() < 2)) {
            return Optional.empty();
        }
        var windows = new Windows(cells, width, count, steps);
        for (int window = 0; window < count; window++) {
            var ring = rings.get(random.nextInt(rings.size()));
            windows.read(window, ring, random.nextInt(Math.max(1, ring.count() - steps)));
        }
        return Optional.of(windows);
    }

    /// A step that two others of its episode come before.
    private record Third(Ring ring, int step) {

        boolean rewarded() {
            return ring.reward(step) != 0;
        }
    }

    /// Draws pictures and the rewards that followed, half of which are not zero in the mean (section 3.2):
    /// first whether it is, by a coin, then which, each as likely as any other. Where there are none of one
    /// kind, all are of the other.
    ///
    /// @return empty while there are none at all
    Optional<Triples> triples(int count, RandomGenerator random) {
        var all = rings.stream().flatMap(Replay::thirds).toList();
        if (all.isEmpty()) {
            return Optional.empty();
        }
        var rewarded = all.stream().filter(Third::rewarded).toList();
        var others = all.stream().filter(third -> !third.rewarded()).toList();
        var triples = new Triples(count, cells.shape().size());
        for (int i = 0; i < count; i++) {
            boolean coin = random.nextBoolean();
            var from = others.isEmpty() || (coin && !rewarded.isEmpty()) ? rewarded : others;
            var third = from.get(random.nextInt(from.size()));
            triples.read(i, third.ring(), third.step());
        }
        return Optional.of(triples);
    }

    private static Stream<Third> thirds(Ring ring) {
        return IntStream.range(Triples.PICTURES - 1, ring.count())
                .filter(step -> !ring.ended(step - 1) && !ring.ended(step - 2))
                .mapToObj(step -> new Third(ring, step));
    }
}
