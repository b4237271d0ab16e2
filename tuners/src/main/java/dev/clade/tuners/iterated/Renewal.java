package dev.clade.tuners.iterated;

import dev.clade.population.Because;
import dev.clade.population.Decision;
import dev.clade.population.Decision.Plan;
import dev.clade.population.Decision.Stop;
import dev.clade.population.Decision.Train;
import dev.clade.population.Decision.Until;
import dev.clade.population.Decision.Weights;
import dev.clade.population.Member;
import dev.clade.population.Pair;
import dev.clade.random.Randomness;
import java.util.List;

/// How a member begins an iteration after a restart. Who is of the best quarter keeps its weights, all
/// others take those of one of it, drawn uniformly; then they shrink and are perturbed (Ash, Adams 2020,
/// arXiv 1910.08475), or give way to new ones. The clock goes on either way.
///
/// @param course of the iteration that begins
record Renewal(Course course) {

    private static final double TOP = 0.25;

    Decision of(Member member, Randomness random) {
        var donors = course.donors(course.began());
        if (donors.isEmpty()) {
            return new Stop(Because.of("nothing to begin with"));
        }
        var settings = course.settings();
        var donor = donor(member, donors, random);
        boolean anew = random.of("fresh weights").nextDouble() < settings.freshWeights();
        boolean drawn = random.of("fresh values").nextDouble() < settings.freshValues();
        var space = course.seen().specification().space();
        var values = drawn ? space.draw(random) : new Proposal(course).values(random);
        return new Train(
                new Weights.Blend(
                        donor.member(),
                        donor.segment(),
                        donor.checkpoint(),
                        anew ? 0 : settings.keep(),
                        anew ? 1 : settings.fresh()),
                space.structured(values, donor.values(), random), // structure travels with the weights
                new Plan(new Until.Steps(member.step() + course.interval()), 1, true, 0),
                Because.of("restart")
                        .and("iteration", course.restarts().size())
                        .and("interval", course.interval())
                        .and("donor", donor.member())
                        .and("weights", anew ? "fresh" : "blended")
                        .and("values", drawn ? "drawn" : "proposed"));
    }

    private static Pair donor(Member member, List<Pair> donors, Randomness random) {
        var top = donors.subList(0, Math.max(1, (int) Math.round(TOP * donors.size())));
        return top.stream()
                .filter(p -> p.member().equals(member.id()))
                .findFirst()
                .orElseGet(() -> top.get(random.of("donor").nextInt(top.size())));
    }
}
