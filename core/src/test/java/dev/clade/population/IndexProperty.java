package dev.clade.population;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.population.Decision.Awaited;
import dev.clade.population.Member.Status;
import dev.clade.random.Philox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is kept up with each event is what walking through all members finds: counts, waits, scores, and who
/// is due next among members that workers take and give back.
class IndexProperty {

    private static final int MEMBERS = 9;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void anyHistory_isIndexedAsAWalkFindsIt(long seed) {
        history(seed, Story.enrolled("population: " + MEMBERS, "control: 1", "seed: " + seed, "retries: 1"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void anySynchronousHistory_isIndexedAsAWalkFindsIt(long seed) {
        history(seed, Story.enrolled("population: " + MEMBERS, "synchronous: true", "seed: " + seed));
    }

    private static void history(long seed, Story story) {
        var random = Philox.keyed(seed, 0, 0, "history");
        var busy = new TreeSet<MemberId>();
        var queue = Queue.of(story.now(), who -> !busy.contains(who));
        for (int i = 0; i < 400 && story.now().ended().isEmpty(); i++) {
            int from = story.entries().size();
            var who = new MemberId(random.nextInt(MEMBERS));
            if (random.nextInt(3) == 0) {
                if (!busy.remove(who)) {
                    busy.add(who);
                }
                queue = queue.with(story.now(), who, !busy.contains(who));
            } else {
                happens(story, who.index(), random);
                story.follows();
            }
            queue = followed(queue, story, from, busy);
            indexed(story.now());
            assertThat(queue.next(story.now())).isEqualTo(next(story.now(), busy));
        }
    }

    private static Queue followed(Queue queue, Story story, int from, TreeSet<MemberId> busy) {
        var next = queue;
        var entries = story.entries();
        for (int i = from; i < entries.size(); i++) {
            var before = Population.of(entries.subList(0, i));
            next = next.with(before, entries.get(i).event(), before.with(entries.get(i)), w -> !busy.contains(w));
        }
        return next;
    }

    private static void happens(Story story, int who, RandomGenerator random) {
        var member = story.member(who);
        switch (member.status()) {
            case UNDECIDED -> undecided(story, member, random);
            case RUNNING -> running(story, who, random);
            case PAUSED, DECIDED -> story.starts(who);
            case WAITING -> {
                if (random.nextInt(4) == 0) {
                    story.passes(Duration.ofSeconds(random.nextInt(30)));
                }
            }
            case ENDED -> {
                if (random.nextInt(20) == 0) {
                    story.operates("budget: {steps: " + (1000 + story.now().position()) + "}");
                }
            }
        }
    }

    private static void undecided(Story story, Member member, RandomGenerator random) {
        int who = member.id().index();
        if (story.now().held(member)) {
            return;
        }
        switch (random.nextInt(12)) {
            case 0 -> story.stops(who, random.nextBoolean() ? "test" : Specification.OVER_BUDGET);
            case 1, 2 ->
                story.waits(
                        who,
                        new Awaited.Anyone(),
                        1 + random.nextInt(3),
                        Duration.ofSeconds(random.nextInt(60)),
                        random.nextInt(3));
            default -> {
                int donor = random.nextInt(MEMBERS);
                if (random.nextInt(3) == 0 && story.member(donor).standing().isPresent() && donor != who) {
                    story.copies(who, donor, "x=0.5", member.step() + 10);
                } else {
                    story.trains(who, "x=0.5", member.step() + 10);
                }
            }
        }
    }

    private static void running(Story story, int who, RandomGenerator random) {
        switch (random.nextInt(12)) {
            case 0 -> story.fails(who, Failure.Kind.THREW);
            case 1 -> story.recovers(who);
            case 2 -> story.pauses(who, story.member(who).step() + 5);
            case 3 -> {
                if (random.nextInt(4) == 0) {
                    story.retires(who);
                }
            }
            default -> story.finishes(who, random.nextInt(6) - 3);
        }
    }

    private static void indexed(Population now) {
        var members = now.members();
        var live = members.stream().filter(Member::live).toList();
        assertThat(now.live()).isEqualTo(live.size());
        assertThat(now.slowest())
                .isEqualTo(live.stream().mapToInt(Member::decided).min().orElse(0));
        assertThat(now.anyHolds())
                .isEqualTo(members.stream().anyMatch(m -> m.held().isPresent()));
        assertThat(List.copyOf(now.waits().members()))
                .isEqualTo(members.stream()
                        .filter(m -> m.status() == Status.WAITING)
                        .map(Member::id)
                        .toList());
        assertThat(now.waits().firstDeadline())
                .isEqualTo(members.stream()
                        .filter(m -> m.status() == Status.WAITING)
                        .map(m -> m.waiting().orElseThrow().deadline())
                        .min(Comparator.naturalOrder()));
        assertThat(now.assembledSoFar()).isEqualTo(Consequence.present(now).size());
        for (var member : live) {
            assertThat(now.liveBefore(member.id())).isEqualTo(live.indexOf(member));
        }
        scored(now);
    }

    private static void scored(Population now) {
        var ranked = new ArrayList<Scoreboard.Score>();
        for (var member : now.members()) {
            if (!now.specification().control(member.id())
                    && (member.failure().isPresent() || member.standing().isPresent())) {
                double score = member.failure().isPresent()
                        ? Double.NEGATIVE_INFINITY
                        : now.specification()
                                .metric()
                                .score(member.standing().orElseThrow().evaluation());
                ranked.add(new Scoreboard.Score(member.id(), score));
            }
        }
        ranked.sort(
                Comparator.comparingDouble((Scoreboard.Score s) -> -s.score()).thenComparing(Scoreboard.Score::member));
        assertThat(List.copyOf(now.scores().best())).isEqualTo(ranked);
        assertThat(List.copyOf(now.scores().givers()))
                .isEqualTo(ranked.stream()
                        .filter(s -> s.score() > Double.NEGATIVE_INFINITY)
                        .map(Scoreboard.Score::member)
                        .sorted()
                        .toList());
    }

    /// Who is due next, found by looking at everybody.
    private static Optional<MemberId> next(Population now, TreeSet<MemberId> busy) {
        return now.members().stream()
                .filter(m -> !busy.contains(m.id()) && due(now, m))
                .min(Comparator.comparing((Member m) -> m.status() != Status.RUNNING && m.status() != Status.PAUSED)
                        .thenComparingLong(m -> m.status() != Status.UNDECIDED && m.open()
                                ? m.segment().orElseThrow().plan().order()
                                : Long.MIN_VALUE)
                        .thenComparingInt(m -> Math.max(0, m.decided() - now.slowest() - Queue.AHEAD))
                        .thenComparingLong(
                                m -> Philox.keyed(now.specification().seed(), m.id().index(), m.decided(), "turn")
                                        .nextLong())
                        .thenComparing(Member::id))
                .map(Member::id);
    }

    private static boolean due(Population now, Member member) {
        if (now.ended().isPresent()) {
            return now.finals()
                    .flatMap(f -> f.due(member.id(), now.specification()))
                    .isPresent();
        }
        return member.live() && member.status() != Status.WAITING && !now.held(member);
    }
}
