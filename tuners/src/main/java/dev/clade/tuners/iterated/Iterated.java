package dev.clade.tuners.iterated;

import dev.clade.pbt.PopulationBasedTraining;
import dev.clade.pbt.Ranking;
import dev.clade.pbt.Standing;
import dev.clade.population.Because;
import dev.clade.population.CheckpointId;
import dev.clade.population.Decision;
import dev.clade.population.Decision.Awaited;
import dev.clade.population.Decision.Plan;
import dev.clade.population.Decision.Stop;
import dev.clade.population.Decision.Until;
import dev.clade.population.Decision.Wait;
import dev.clade.population.Member;
import dev.clade.population.MemberId;
import dev.clade.population.Population;
import dev.clade.random.Randomness;
import dev.clade.trainer.Capability;
import dev.clade.tune.Tuner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Iterated Population Based Training (Chebykin, Alderliesten, Bosman 2025, arXiv 2511.09190): PBT whose intervals
/// grow.
///
/// ```
/// iteration 0 begins with larger * N members of fresh weights, the others with a restart
/// an outer step:  all train one interval; who is early waits for the others
/// after the first of an iteration:  the best N go on, the others stop
/// after each:     the best score stagnates, two longer steps fit -> restart; else exploit and explore, as PBT does
/// restart:        interval <- longer * interval
///                 the members, and as many new ones as there are to begin with, blend the weights of one of the best
///                 quarter with fresh ones, and get new hyperparameters
/// ```
///
/// It knows nothing but the log: see [Course]. Unlike the authors', it draws for each start by itself whether it takes
/// fresh weights, so that half of them is an expectation, and lets PBT's own explore act between restarts.
///
/// @param pbt with the parts that act between restarts
/// @param first the interval of the first iteration, in steps
record Iterated(PopulationBasedTraining pbt, Settings settings, long first) implements Tuner {

    static final String WORD = "ipbt";

    private static final int REVISION = 1;

    /// Far longer than an outer step. All that it waits for has an outcome, or is over.
    private static final Duration PATIENCE = Duration.ofDays(365);

    @Override
    public String word() {
        return WORD;
    }

    @Override
    public int revision() {
        return REVISION;
    }

    @Override
    public Decision decide(Population seen, MemberId who, Randomness random) {
        var course = Course.of(seen, settings, first);
        var member = seen.member(who);
        if (seen.specification().control(who)) {
            return inner(course).decide(seen, who, random);
        }
        if (member.decided() == 0) {
            return course.restarts().isEmpty()
                    ? explained(course, inner(course).decide(seen, who, random))
                    : new Renewal(course).of(member, random);
        }
        if (course.clock(member) < course.began()) {
            return surplus(course); // begun anew, or never come as far
        }
        return member.failure().isPresent()
                ? explained(course, inner(course).decide(seen, who, random))
                : rested(course, member, random);
    }

    private static Decision surplus(Course course) {
        return new Stop(
                Because.of("surplus").and("iteration", course.restarts().size()).and("kept", course.kept()));
    }

    /// A member that has ended an outer step.
    private Decision rested(Course course, Member member, Randomness random) {
        long clock = course.clock(member);
        var missing = course.missing(clock);
        if (!missing.isEmpty()) {
            return new Wait(
                    new Awaited.These(missing),
                    missing.size(),
                    PATIENCE,
                    clock,
                    Because.of("outer step").and("clock", clock).and("missing", missing.size()));
        }
        if (course.before(member)) {
            return new Renewal(course).of(member, random);
        }
        if (course.surplus(member)) {
            return surplus(course);
        }
        if (course.due()) {
            return new Renewal(course.restarted()).of(member, random);
        }
        return explained(course, inner(course).decide(course.seen(), member.id(), random));
    }

    private static Decision explained(Course course, Decision decision) {
        return decision.explained("iteration", course.restarts().size()).explained("interval", course.interval());
    }

    /// PBT at this point of the course.
    private PopulationBasedTraining inner(Course course) {
        return new PopulationBasedTraining(
                WORD,
                REVISION,
                (who, seen) -> until(course, seen.member(who)),
                ranking(course),
                pbt.exploit(),
                pbt.explore(),
                pbt.inherit());
    }

    /// To the end of the outer step, in the member's own steps.
    static Plan until(Course course, Member member) {
        long clock = course.clock(member);
        return new Plan(new Until.Steps(member.step() + course.end(clock) - clock), 1, true, 0);
    }

    /// Among those who ended the same outer step, whoever of them has begun the next; what failed is
    /// last. What was begun anew has no weights to give.
    private static Ranking ranking(Course course) {
        return (seen, viewer) -> {
            var places = new ArrayList<Standing.Place>();
            for (var pair : course.leaders(course.clock(seen.member(viewer)))) {
                if (!pair.member().equals(viewer)
                        || seen.member(viewer).failure().isEmpty()) {
                    places.add(new Standing.Place(
                            pair.member(), Optional.of(pair).filter(Course::whole), course.score(pair)));
                }
            }
            if (seen.member(viewer).failure().isPresent()) {
                places.add(new Standing.Place(viewer, Optional.empty(), Double.NEGATIVE_INFINITY));
            }
            return new Standing(places, (int) seen.specification().metric().oriented(1), new TreeMap<>());
        };
    }

    /// What slower members may still compare themselves with: everybody's pair at the clock of the slowest.
    @Override
    public Set<CheckpointId> keeps(Population seen) {
        var course = Course.of(seen, settings, first);
        var kept = new TreeSet<CheckpointId>();
        course.slowest().ifPresent(clock -> course.leaders(clock).forEach(p -> kept.add(p.checkpoint())));
        return kept;
    }

    @Override
    public int members(Population seen) {
        return Course.of(seen, settings, first).members();
    }

    @Override
    public boolean serial() {
        return true;
    }

    @Override
    public Set<Capability> needs() {
        return Set.of(Capability.BLEND);
    }
}
