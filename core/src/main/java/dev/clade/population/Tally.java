package dev.clade.population;

import dev.clade.population.Member.Status;
import dev.clade.population.Segment.Outcome.Finished;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/// What is counted over the members of a population, kept up with each change of one.
///
/// @param live members that are not over
/// @param holding members with weights of their own
/// @param pace how many live members have had so many decisions
/// @param undecided how many members are due a decision after so many
/// @param loads nanoseconds of loading: of each member's last two segments the one that loaded longer
/// @param work nanoseconds of training, evaluation and saving, twice a segment's mean over each member's last
///     two
record Tally(
        int live,
        int holding,
        PSortedMap<Integer, Integer> pace,
        PSortedMap<Integer, Integer> undecided,
        long loads,
        long work) {

    static final Tally NONE = new Tally(0, 0, TreePMap.empty(), TreePMap.empty(), 0, 0);

    Tally with(Member member) {
        return counted(member, 1);
    }

    Tally without(Member member) {
        return counted(member, -1);
    }

    private Tally counted(Member member, int by) {
        boolean due = member.status() == Status.UNDECIDED;
        long load = 0;
        long worked = 0;
        var segments = member.segments();
        for (int i = Math.max(0, segments.size() - 2); i < segments.size(); i++) {
            if (segments.get(i).outcome() instanceof Finished finished) {
                var took = finished.timings();
                load = Math.max(load, took.load().toNanos());
                worked += took.train().plus(took.evaluate()).plus(took.save()).toNanos();
            }
        }
        return new Tally(
                live + (member.live() ? by : 0),
                holding + (member.held().isPresent() ? by : 0),
                member.live() ? counted(pace, member.decided(), by) : pace,
                due ? counted(undecided, member.decided(), by) : undecided,
                loads + by * load,
                work + by * worked);
    }

    private static PSortedMap<Integer, Integer> counted(PSortedMap<Integer, Integer> counts, int of, int by) {
        int now = counts.getOrDefault(of, 0) + by;
        return now == 0 ? counts.minus(of) : counts.plus(of, now);
    }

    int slowest() {
        return pace.isEmpty() ? 0 : pace.firstKey();
    }

    int undecided(int decided) {
        return undecided.getOrDefault(decided, 0);
    }

    double switching() {
        double all = work / 2.0;
        return all + loads == 0 ? 0 : loads / (loads + all);
    }
}
